/** The credentials that `npm run smoke` sends. */
import type { Api } from '../../../function/contract/api';
import { routesOf } from '../../../function/contract/model';
import { credentials } from '../../../scripts/smoke/credentials';
import { SessionError, type StackOutputs } from '../../../scripts/smoke/step';
import { desks, diaries } from '../../support/caller-contracts';
import { tasks, vaults } from '../../support/smoke-contracts';

const LOCAL = 'http://127.0.0.1:3000';
const EMULATOR = 'http://abc.execute-api.localhost:4566';
const AWS = 'https://abc.execute-api.us-east-1.amazonaws.com';
const ISSUER = 'http://127.0.0.1:3999';

const environment = { ...process.env };

beforeEach(() => {
  const others = Object.entries(environment).filter(([name]) => !name.startsWith('SMOKE_'));
  process.env = Object.fromEntries(others);
});

afterAll(() => {
  process.env = environment;
});

/** The credentials of each route, by route key. */
function credentialsOf(api: Api, outputs: StackOutputs) {
  const { steps, of } = credentials(api, outputs);
  return { steps, routes: Object.fromEntries(routesOf(api).map((route) => [route.routeKey, of(route)])) };
}

const bodiesOf = (api: Api, outputs: StackOutputs) => credentialsOf(api, outputs).steps.map(({ body }) => body);

describe('tokens of an issuer', () => {
  test('the issuer of the local run issues one token with all scopes', () => {
    const outputs = { url: LOCAL, local_run_issuer: ISSUER };
    const { steps, routes } = credentialsOf(tasks, outputs);
    expect(steps).toEqual([expect.objectContaining({ server: ISSUER, path: '/api/tokens' })]);
    expect(bodiesOf(tasks, outputs)).toEqual([
      { stack: 'tasks', sub: 'smoke', scopes: ['tasks:write', 'tasks:read'], claims: {} },
    ]);
    expect(routes['POST /tasks']).toEqual({ headers: { authorization: 'Bearer {issued token}' } });
  });

  test('SMOKE_TOKEN takes precedence', () => {
    process.env['SMOKE_TOKEN'] = 'abc';
    const { steps, routes } = credentialsOf(tasks, { url: AWS });
    expect(steps).toEqual([]);
    expect(routes['GET /tasks/{id}']).toEqual({ headers: { authorization: 'Bearer abc' } });
  });

  test.each([
    [AWS, 'https://id.example.com'],
    [AWS, ISSUER],
    [LOCAL, 'https://id.example.com'],
    [LOCAL, 'http://127.0.0.1.example.com'],
    [LOCAL, 'nowhere'],
  ])('with an API at %s, the server %s gets no claims', (url, issuer) => {
    const make = () => credentials(tasks, { url, local_run_issuer: issuer });
    expect(make).toThrow(SessionError);
    expect(make).toThrow(
      /Set SMOKE_TOKEN to a token of https:\/\/id\.example\.com\/ for tasks and the scopes tasks:write tasks:read\./,
    );
  });
});

describe('tokens of Amazon Cognito', () => {
  test('methods without scopes get an identity token, methods with scopes an access token', () => {
    const outputs = { url: LOCAL, local_run_issuer: ISSUER };
    const { routes } = credentialsOf(diaries, outputs);
    expect(bodiesOf(diaries, outputs)).toEqual([
      expect.objectContaining({ scopes: [] }),
      expect.objectContaining({ scopes: ['diaries/delete', 'diaries/admin'] }),
    ]);
    expect(routes['POST /diaries']).toEqual({ headers: { authorization: 'Bearer {identity token}' } });
    expect(routes['DELETE /diaries/{dayId}']).toEqual({ headers: { authorization: 'Bearer {access token}' } });
  });

  test('SMOKE_TOKEN does not replace the access token when both are needed', () => {
    process.env['SMOKE_TOKEN'] = 'abc';
    expect(() => credentials(diaries, { url: AWS })).toThrow(
      /Set SMOKE_ACCESS_TOKEN to an access token of arn:aws:cognito-idp:.* and the scopes diaries\/delete/,
    );
    process.env['SMOKE_ACCESS_TOKEN'] = 'def';
    const { routes } = credentialsOf(diaries, { url: AWS });
    expect(routes['DELETE /diaries/{dayId}']).toEqual({ headers: { authorization: 'Bearer def' } });
  });
});

describe('authorizer functions', () => {
  test.each(['SMOKE_TOKEN', 'SMOKE_TOKEN_GATE'])('%s is the value of the header of the authorizer', (variable) => {
    process.env[variable] = 'ada-session';
    expect(credentialsOf(desks, { url: LOCAL }).routes['GET /desks']).toEqual({
      headers: { 'x-session': 'ada-session' },
    });
  });

  test('the issuer of the local run issues no such value', () => {
    expect(() => credentials(desks, { url: LOCAL, local_run_issuer: ISSUER })).toThrow(
      'the routes need a token. Set SMOKE_TOKEN_GATE to a value of the header x-session that the authorizer gate allows.',
    );
  });
});

describe('the auth iam', () => {
  test.each([AWS, EMULATOR, 'https://vaults.example.com'])('requests to %s are signed', (url) => {
    expect(credentialsOf(vaults, { url }).routes['POST /vaults']).toEqual({ isSigned: true });
  });

  test('requests to the local run have a placeholder, because it verifies no signature', () => {
    expect(credentialsOf(vaults, { url: LOCAL }).routes['POST /vaults']).toEqual({
      headers: { authorization: 'AWS4-HMAC-SHA256 unsigned' },
    });
  });
});
