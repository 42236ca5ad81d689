/** The issuer that the console serves: public documents, and tokens for developers. */
import type { Deployment, RouteAuthorization } from '../../src/model/deployment';
import { deploymentWith, startConsole, type TestConsole } from '../support/console';
import { type Answer, send } from '../support/http';

let fixture: TestConsole;

beforeAll(async () => {
  fixture = await startConsole();
});

beforeEach(() => {
  fixture.site.deployments = [withIssuers('notes', 'https://id.example.com/'), deploymentWith()];
});

afterAll(() => fixture.stop());

/** A stack with one route for each issuer. */
function withIssuers(stack: string, ...issuers: readonly string[]): Deployment {
  const jwt = (issuer: string) => ({ kind: 'jwt' as const, issuer, audience: [stack], scopes: ['write'] });
  return withAuthorizations(stack, ...issuers.map(jwt));
}

/** A stack with one route for each authorization. */
function withAuthorizations(stack: string, ...authorizations: readonly RouteAuthorization[]): Deployment {
  const [rest, http] = deploymentWith().apis;
  if (!rest || http?.kind !== 'http-api') throw new Error('The support file has other APIs.');
  const [route] = http.routes;
  if (!route) throw new Error('The support file has other routes.');
  const routes = authorizations.map((authorization) => ({ ...route, authorization }));
  return { ...deploymentWith(), stack, apis: [{ ...http, routes }] };
}

const ask = (body: unknown, headers = {}): Promise<Answer> =>
  send(fixture.url, 'POST', '/api/tokens', {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

describe('the public documents', () => {
  test('name the address of the console, and the keys', async () => {
    const origin = new URL(fixture.url).origin;
    const { json, status } = await send(fixture.url, 'GET', '/.well-known/openid-configuration');
    expect({ status, json }).toMatchObject({
      status: 200,
      json: { issuer: origin, jwks_uri: `${origin}/.well-known/jwks.json` },
    });
  });

  test.each(['/.well-known/openid-configuration', '/.well-known/jwks.json'])(
    '%s can be read from another origin and by another host name',
    async (path) => {
      const { status, headers } = await send(fixture.url, 'GET', path, {
        headers: { host: 'app.example.com', origin: 'https://app.example.com', 'sec-fetch-site': 'cross-site' },
      });
      expect(status).toBe(200);
      expect(headers['access-control-allow-origin']).toBe('*');
    },
  );

  test('have no private key', async () => {
    const { json } = await send(fixture.url, 'GET', '/.well-known/jwks.json');
    expect(json.keys).toEqual([
      { alg: 'RS256', e: 'AQAB', kid: expect.any(String), kty: 'RSA', n: expect.any(String), use: 'sig' },
    ]);
  });
});

describe('POST /api/tokens', () => {
  test('issues a token for the only stack that needs one, for one hour', async () => {
    const { status, json } = await ask({});
    expect({ status, json }).toMatchObject({
      status: 200,
      json: { stack: 'notes', claims: { iss: 'https://id.example.com/', aud: 'notes', sub: 'example-user' } },
    });
    expect(json.claims.exp - json.claims.iat).toBe(3600);
    expect(json.claims).not.toHaveProperty('scope');
    expect(json.token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  test('adds scopes and claims, and replaces claims', async () => {
    const request = { sub: 'alice', scopes: ['a', 'b'], claims: { tenant: 7, aud: 'other' }, expiresInSeconds: -1 };
    const { claims } = (await ask(request)).json;
    expect(claims).toMatchObject({ sub: 'alice', scope: 'a b', tenant: 7, aud: 'other' });
    expect(claims.exp).toBe(claims.iat - 1);
  });

  test.each([
    ['an unknown stack', { stack: 'none' }, 'There is no stack none. The stacks are notes, shop.'],
    [
      'a stack without such routes',
      { stack: 'shop' },
      'No route of the stack shop needs a token. These stacks have such routes: notes.',
    ],
    [
      'an issuer of no route',
      { claims: { iss: 'x' } },
      'No route accepts this claim iss. Pass --claim iss=https://id.example.com/.',
    ],
    ['an unknown field', { scope: 'a' }, 'scope: is not a field of this request.'],
    ['scopes with spaces', { scopes: ['a b'] }, 'scopes: send an array of strings without spaces.'],
    ['claims that are a list', { claims: [] }, 'claims: send an object.'],
    ['a broken lifetime', { expiresInSeconds: 0.5 }, 'expiresInSeconds: send a whole number.'],
    ['a list', [], 'The body must be a JSON object.'],
  ])('refuses %s', async (_, body, message) => {
    expect(await ask(body)).toMatchObject({ status: 400, json: { message } });
  });

  test('asks for the stack when several need tokens, and for iss when a stack has several issuers', async () => {
    fixture.site.deployments = [withIssuers('notes', 'https://a/', 'https://b/'), withIssuers('tasks', 'https://a/')];
    expect((await ask({})).json.message).toBe(
      'The routes of several stacks need tokens: notes, tasks. Pass --stack notes (in POST /api/tokens: stack).',
    );
    expect((await ask({ stack: 'notes' })).json.message).toBe(
      'The stack notes has several issuers: https://a/, https://b/. ' +
        'Pass --claim iss=https://a/ (in POST /api/tokens: claims.iss).',
    );
    expect((await ask({ stack: 'notes', claims: { iss: 'https://b/' } })).json.claims.iss).toBe('https://b/');
  });

  test('asks for aud when authorizers of one issuer have several audiences', async () => {
    const read = { kind: 'jwt', issuer: 'https://a/', audience: ['app', 'cli'], scopes: [] } as const;
    const admin = { ...read, audience: ['admin'] };
    fixture.site.deployments = [withAuthorizations('notes', read, admin)];
    expect((await ask({})).json.message).toBe(
      'The stack notes has several audiences: app, admin. Pass --claim aud=app (in POST /api/tokens: claims.aud).',
    );
    for (const aud of ['app', 'cli', 'admin', 'none'])
      expect((await ask({ claims: { aud } })).json.claims).toMatchObject({ iss: 'https://a/', aud });
  });

  test('issues tokens of every user pool of a Cognito authorizer', async () => {
    const pools = { kind: 'cognito', issuers: ['https://one', 'https://two'], header: 'authorization' } as const;
    fixture.site.deployments = [
      withAuthorizations('notes', { ...pools, scopes: [] }, { ...pools, scopes: ['notes:write'] }),
    ];
    expect((await ask({})).json.claims).toMatchObject({ iss: 'https://one', token_use: 'id' });
    const claims = { iss: 'https://two' };
    expect((await ask({ claims, scopes: ['notes:write'] })).json.claims).toMatchObject({
      ...claims,
      token_use: 'access',
    });
    expect((await ask({ claims: { iss: 'https://three' } })).json.message).toBe(
      'No route accepts this claim iss. Pass --claim iss=https://one, or the issuer https://two.',
    );
  });

  test('is refused to a page of another origin', async () => {
    expect((await ask({}, { origin: 'https://evil.example.com' })).status).toBe(403);
  });
});
