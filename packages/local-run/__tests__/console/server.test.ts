/** The console's HTTP server without a browser: the JSON API, the page's files, and refused requests. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { History } from '../../src/console/history';
import { ConsoleServer } from '../../src/console/server';
import {
  deploymentWith,
  DOCUMENT,
  documentedDeployment,
  invocationOf,
  requestOf,
  startConsole,
  TABLE,
  type TestConsole,
} from '../support/console';
import { type Answer, send } from '../support/http';

const SEND_REQUEST = { stack: 'shop', api: 'http', method: 'GET', path: '/things/a', headers: {} };

let fixture: TestConsole;

beforeAll(async () => {
  fixture = await startConsole();
});

afterEach(() => {
  fixture.site.deployments = [deploymentWith()];
});

afterAll(() => fixture.stop());

const get = (target: string, headers = {}): Promise<Answer> => send(fixture.url, 'GET', target, { headers });

const post = (body: unknown, headers = {}): Promise<Answer> =>
  send(fixture.url, 'POST', '/api/send', {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

describe('the OpenAPI document', () => {
  test('of a stack has the URL of the API in this run', async () => {
    fixture.site.deployments = [documentedDeployment()];
    const { status, json } = await get('/openapi/shop.json');
    expect(status).toBe(200);
    expect(json).toEqual({ ...DOCUMENT, servers: [{ url: `${fixture.apiUrl}/prod` }] });
  });

  test.each(['shop', 'other'])('of the stack %s is a 404, because it does not exist', async (stack) => {
    expect((await get(`/openapi/${stack}.json`)).status).toBe(404);
  });
});

describe('the docs page', () => {
  test('has a policy that allows nothing from other origins; other pages also require trusted types', async () => {
    fixture.site.deployments = [documentedDeployment()];
    const { status, headers } = await get('/docs/shop');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; " +
        "form-action 'none'; frame-ancestors 'none'",
    );
    expect((await get('/docs/shop', { host: 'evil.example' })).status).toBe(403);
    expect((await get('/')).headers['content-security-policy']).toMatch(/; require-trusted-types-for 'script'$/);
  });

  test.each(['/docs/other', '/openapi/other.json'])('%s fails with 404 and names the documents', async (target) => {
    const message = (await get(target)).json.message as string;
    expect(message).toBe('There is no OpenAPI document of a stack other. No stack has a document.');
    fixture.site.deployments = [documentedDeployment()];
    expect(await get(target)).toMatchObject({
      status: 404,
      json: { message: 'There is no OpenAPI document of a stack other. There are documents of shop.' },
    });
  });
});

describe('a request target', () => {
  test.each(['//', '//evil.example/', '///', '//[', '/:80', '/\\\\x', '/docs/', '/api/tables//items'])(
    '%s is a 404, because there is no such path',
    async (target) => {
      const { status, json } = await get(target);
      expect({ status, json }).toMatchObject({
        status: 404,
        json: { message: expect.stringMatching(/^There is no /) },
      });
    },
  );

  test.each(['*', 'http://127.0.0.1/', 'http://['])('%s is a 400, because it is no path', async (target) => {
    const { status, json } = await get(target);
    expect({ status, json }).toMatchObject({
      status: 400,
      json: { message: `The request target is ${target}. Send a path that begins with /.` },
    });
  });

  test.each(['/docs/a%2', '/openapi/a%2.json', '/api/tables/a%/items', '/api/tables/%ff/items'])(
    '%s is a 400, because it has an incomplete escape sequence',
    async (target) => {
      expect((await get(target)).status).toBe(400);
    },
  );

  test('names a stack or a table in encoded form', async () => {
    const deployment = documentedDeployment();
    fixture.site.deployments = [{ ...deployment, stack: 'my shop/é' }];
    expect((await get('/openapi/my%20shop%2F%C3%A9.json')).status).toBe(200);
    expect((await get('/docs/my%20shop%2F%C3%A9')).status).toBe(200);
  });
});

describe('the JSON API', () => {
  test('lists stacks with routes, examples, tables, functions and outputs', async () => {
    const { json } = await get('/api/stacks');
    expect(json).toEqual({
      stacks: [
        {
          stack: 'shop',
          outputs: { api_key: 'first-key' },
          routes: [
            {
              stack: 'shop',
              api: 'rest',
              apiName: 'n',
              stage: 'prod',
              routeKey: 'POST /keyed/{id}',
              url: fixture.apiUrl,
              method: 'POST',
              path: '/prod/keyed/{id}',
              apiKey: true,
              function: 'things-function',
              example: {
                method: 'POST',
                path: '/prod/keyed/{id}',
                pathParameters: { id: 'example-1' },
                query: ['id'],
                headers: { 'content-type': 'application/json', 'x-api-key': 'first-key' },
                body: '{\n  "a": 1\n}',
              },
            },
            expect.objectContaining({ method: 'GET', path: '/things/{id}' }),
            expect.objectContaining({ method: '$default', path: '' }),
          ],
          tables: [{ name: TABLE, keys: ['id'], types: { id: 'S' }, indexes: [] }],
          functions: [{ name: 'things-function', memoryMb: 256, timeoutMs: 3000, role: 'things-role' }],
          credentials: { apiKey: 'first-key' },
        },
      ],
    });
  });

  test('lists requests, and returns the event and result of a request', async () => {
    fixture.history.addRequest(requestOf(invocationOf(1, 'the body', '{"statusCode":200}')));
    const [last] = (await get('/api/requests')).json.requests;
    expect(last).toMatchObject({ method: 'PUT', path: '/i1', status: 200, function: 'things-function', calls: [] });
    expect((await get(`/api/requests/${last.number}`)).json).toEqual({
      ...last,
      event: { body: 'the body' },
      result: { statusCode: 200 },
    });
    expect((await get('/api/requests/99999')).status).toBe(404);
  });

  test('reads items page by page', async () => {
    const ids = ['p1', 'p2', 'p3'];
    for (const id of ids) await fixture.putItem({ id: { S: id } });
    const found: string[] = [];
    let start = '';
    do {
      const { json } = await get(`/api/tables/${TABLE}/items?limit=1${start}`);
      found.push(...(json.items as { id: { S: string } }[]).map(({ id }) => id.S));
      start = json.next === undefined ? '' : `&start=${json.next}`;
    } while (start !== '');
    expect(found.sort()).toEqual(ids);
  });

  test.each([
    ['/api/tables/unknown/items', 404, /^There is no table unknown\.$/],
    [`/api/tables/${TABLE}/items?limit=x`, 400, /^limit: saw x; allowed/],
    [`/api/tables/${TABLE}/items?limit=101`, 400, /^limit: saw 101; allowed/],
    [`/api/tables/${TABLE}/items?start=x`, 400, /^start: saw x/],
  ])('GET %s fails with %i', async (target, status, message) => {
    expect(await get(target)).toMatchObject({ status, json: { message: expect.stringMatching(message) } });
  });

  test('sends new requests as server-sent events', async () => {
    const abort = new AbortController();
    const response = await fetch(`${fixture.url}api/events`, { signal: abort.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    fixture.history.addRequest(requestOf(invocationOf(2), { path: '/new' }));
    let text = '';
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString();
      if (text.includes('/new')) break;
    }
    expect(text).toMatch(/event: request\ndata: \{.*"path":"\/new".*\}\n\n/);
    abort.abort();
  });

  test('refuses the 21st stream of events', async () => {
    const abort = new AbortController();
    const open = () => fetch(`${fixture.url}api/events`, { signal: abort.signal });
    const statuses = (await Promise.all(Array.from({ length: 20 }, open))).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const last = await open();
    expect(last.status).toBe(503);
    abort.abort();
  });
});

describe('POST /api/send', () => {
  test('sends a request to an API, and returns its response', async () => {
    const headers = { 'x-api-key': 'k' };
    const { json } = await post({ ...SEND_REQUEST, method: 'PUT', headers, body: 'text' });
    expect(json).toMatchObject({ status: 200, milliseconds: expect.any(Number) });
    expect(JSON.parse(json.body as string)).toEqual({ method: 'PUT', target: '/things/a', key: 'k' });
    expect(json.headers).toContainEqual(['Connection', 'keep-alive']);
  });

  test.each([
    [{ ...SEND_REQUEST, path: '/items HTTP/1.1\r\nX: y' }, /^path: must begin with/],
    [{ ...SEND_REQUEST, path: 'http://evil.example/' }, /^path: must begin with/],
    [{ ...SEND_REQUEST, headers: { 'x\r\ny': 'z' } }, /^headers: /],
    [{ ...SEND_REQUEST, headers: { x: 'y\r\nz: a' } }, /^headers: /],
    [{ ...SEND_REQUEST, headers: { x: '\u0001' } }, /^headers: /],
    [{ ...SEND_REQUEST, headers: { x: '→' } }, /^headers: /],
    [{ ...SEND_REQUEST, method: 'GET /x' }, /^method: saw GET \/x/],
    [{ ...SEND_REQUEST, method: 'connect' }, /^method: saw connect/],
    [{}, /stack: is missing.* api: is missing.* method: is missing.* path: is missing/],
    [null, /^The body must be a JSON object\.$/],
  ])('refuses %j', async (body, message) => {
    const { status, json } = await post(body);
    expect(status).toBe(400);
    expect(json.message).toMatch(message);
  });

  test.each([
    [
      { api: 'http://127.0.0.1:1' },
      'The stack shop has no API with the Terraform address http://127.0.0.1:1. Its APIs are rest, http.',
    ],
    [{ stack: 'unknown' }, 'There is no stack unknown.'],
  ])('answers 404 for the unknown stack or API in %j', async (changes, message) => {
    expect(await post({ ...SEND_REQUEST, ...changes })).toMatchObject({ status: 404, json: { message } });
  });

  test('fails with 504 when the API does not answer in time', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const site = { deployments: [], urlOf: () => `http://127.0.0.1:${port}` };
    const server = new ConsoleServer({ site, history: new History(), dynamodbEndpoint: '', sendTimeoutMs: 100 });
    const url = await server.listen(0, false);
    const headers = { 'content-type': 'application/json' };
    expect(await send(url, 'POST', '/api/send', { headers, body: JSON.stringify(SEND_REQUEST) })).toMatchObject({
      status: 504,
      json: { message: 'No answer within 0.1 s.' },
    });
    await server.close();
    silent.close();
  });
});

describe('access', () => {
  test.each([
    ['another host name that resolves to this machine', { host: 'evil.example:3999' }],
    ['a host name that begins with 127.0.0.1', { host: '127.0.0.1.evil.example' }],
    ['a page of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }],
    ['a page of another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }],
  ])('refuses all requests of %s', async (_, headers) => {
    for (const target of ['/', '/api/stacks', '/api/requests', '/api/events']) {
      expect((await get(target, headers)).status).toBe(403);
    }
    expect((await post(SEND_REQUEST, headers)).status).toBe(403);
  });

  test('allows a link from another site', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await get('/', headers)).status).toBe(200);
  });

  test.each([
    ['another origin', { origin: 'http://127.0.0.1:3000' }],
    ['a file or a sandboxed frame', { origin: 'null' }],
    ['a form', { 'content-type': 'text/plain' }],
  ])('refuses a POST of %s', async (_, headers) => {
    expect((await post(SEND_REQUEST, headers)).status).toBe(403);
  });

  test('sends a strict content security policy with every response', async () => {
    for (const target of ['/', '/page.js', '/nothing', '/api/stacks']) {
      const { headers } = await get(target);
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'/,
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('serves only the files of the page', async () => {
    const targets = ['/../server.ts', '/..%2fserver.ts', '/%2e%2e/server.ts', '/server.ts', '/page', '/api/nothing'];
    for (const target of targets) expect((await get(target)).status).toBe(404);
    // A URL parser turns the path `/.` into `/`.
    expect((await get('/.')).status).toBe(200);
  });
});

test('names the stack whose API already uses the console port', async () => {
  const port = Number(new URL(fixture.apiUrl).port);
  const server = new ConsoleServer({ site: fixture.site, history: new History(), dynamodbEndpoint: '' });
  await expect(server.listen(port, false)).rejects.toThrow(
    `Port ${port} is used by an API of the stack shop. Set another port with --console-port, or 0 for any free port.`,
  );
});
