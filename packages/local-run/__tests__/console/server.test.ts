/** The console page's server without a browser: what is there as JSON, and who may ask. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { start, type Running } from '../../src/index';
import { History } from '../../src/console/history';
import { ConsoleServer } from '../../src/console/server';
import { synth } from '../../src/source/cdktf';
import { type Answer, send, sendJson } from '../support/http';

let folder: string;
let run: Running;
let page: string;
let items: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'page-'));
  await synth({ out: folder });
  run = await start({ port: 0, synthesized: folder, console: { port: 0 } });
  page = run.page ?? '';
  items = run.deployments[0]?.outputs['url'] as string;
});

afterAll(async () => {
  await run.stop();
  rmSync(folder, { recursive: true, force: true });
});

const get = (target: string, headers = {}): Promise<Answer> => send(page, 'GET', target, { headers });

const PING = { stack: 'items', api: 'aws_apigatewayv2_api.api', method: 'GET', path: '/items', headers: {} };

const post = (body: unknown, headers = {}): Promise<Answer> =>
  send(page, 'POST', '/api/send', {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

test('stacks, with examples that the routes take and the API key filled in', async () => {
  const { json } = await get('/api/stacks');
  expect((json.stacks as { stack: string }[]).map(({ stack }) => stack)).toEqual(['items', 'manager', 'products']);
  const [first, manager] = json.stacks;
  expect(first.tables).toEqual([{ name: 'http-crud-tutorial-items', keys: ['id'] }]);
  expect(first.routes).toContainEqual({
    stack: 'items',
    api: 'aws_apigatewayv2_api.api',
    method: 'GET',
    path: '/items/{id}',
    function: 'http-crud-tutorial-function',
    example: { method: 'GET', path: '/items/{id}', pathParameters: { id: 'example-1' }, query: [], headers: {} },
  });
  const [{ example }] = manager.routes;
  expect(example.headers['x-api-key']).toBe(manager.outputs.api_key);
  expect(JSON.parse(example.body)).toMatchObject({ operation: 'create', tableName: 'lambda-apigateway' });
});

test('a request that is sent for the page, and what is known of it then', async () => {
  const body = JSON.stringify({ id: 'a', price: 1, name: 'x' });
  const sent = await post({ ...PING, method: 'PUT', headers: { 'content-type': 'application/json' }, body });
  expect(sent.json).toMatchObject({ status: 200, body: '"Put item a"' });
  const [last] = (await get('/api/requests')).json.requests;
  expect(last).toMatchObject({ method: 'PUT', path: '/items', status: 200, calls: [{ operation: 'PutItem' }] });
  const one = (await get(`/api/requests/${last.number}`)).json;
  expect(one).toMatchObject({ event: { body }, result: { statusCode: 200 } });
  expect((await get('/api/requests/99999')).status).toBe(404);
});

test('items, a page after another', async () => {
  for (const id of ['p1', 'p2', 'p3']) await sendJson(items, 'PUT', '/items', { id, price: 1, name: 'x' });
  const seen: string[] = [];
  let start = '';
  do {
    const { json } = await get(`/api/tables/http-crud-tutorial-items/items?limit=1${start}`);
    seen.push(...(json.items as { id: { S: string } }[]).map(({ id }) => id.S));
    start = json.next === undefined ? '' : `&start=${json.next}`;
  } while (start !== '');
  expect(seen.sort()).toEqual(['a', 'p1', 'p2', 'p3']);
  expect(await get('/api/tables/nobody/items')).toMatchObject({
    status: 404,
    json: { message: 'There is no table nobody.' },
  });
  expect((await get('/api/tables/http-crud-tutorial-items/items?limit=x')).json.message).toMatch(
    /^limit: saw x; allowed/,
  );
  expect((await get('/api/tables/http-crud-tutorial-items/items?start=x')).status).toBe(400);
});

test('server-sent events', async () => {
  const abort = new AbortController();
  const response = await fetch(`${page}api/events`, { signal: abort.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  await sendJson(items, 'GET', '/items/told', undefined);
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString();
    if (text.includes('/items/told')) break;
  }
  expect(text).toMatch(/event: request\ndata: \{.*"path":"\/items\/told".*\}\n\n/);
  abort.abort();
});

test.each([
  ['another name that leads here', { host: 'evil.example:3999' }],
  ['another name that looks alike', { host: '127.0.0.1.evil.example' }],
  ['a page of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }],
  ['a page of another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }],
])('nothing is told to %s', async (_, headers) => {
  for (const target of ['/', '/api/stacks', '/api/requests', '/api/events']) {
    expect((await get(target, headers)).status).toBe(403);
  }
  expect((await post(PING, headers)).status).toBe(403);
});

test('a link to the page works', async () => {
  const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  expect((await get('/', headers)).status).toBe(200);
});

test.each([
  ['of another origin', { origin: 'http://127.0.0.1:3000' }],
  ['of a file or a sandbox', { origin: 'null' }],
  ['that a form can send', { 'content-type': 'text/plain' }],
])('nothing is sent for a request %s', async (_, headers) => {
  expect((await post(PING, headers)).status).toBe(403);
});

test.each([
  [{ ...PING, path: '/items HTTP/1.1\r\nX: y' }, /^path: must begin with/],
  [{ ...PING, path: 'http://evil.example/' }, /^path: must begin with/],
  [{ ...PING, headers: { 'x\r\ny': 'z' } }, /^headers: /],
  [{ ...PING, headers: { x: 'y\r\nz: a' } }, /^headers: /],
  [{ ...PING, method: 'GET /x' }, /^method: saw GET \/x/],
  [{}, /stack: is missing.* api: is missing.* method: is missing.* path: is missing/],
  [null, /stack: is missing/],
])('%j is refused', async (asked, message) => {
  const { status, json } = await post(asked);
  expect(status).toBe(400);
  expect(json.message).toMatch(message);
});

test('nothing but the APIs of this run is reached', async () => {
  expect(await post({ ...PING, api: 'http://127.0.0.1:1' })).toMatchObject({ status: 404 });
});

test('a port that one of the APIs has is said to be that', async () => {
  const port = Number(new URL(items).port);
  const site = { deployments: run.deployments, urlOf: (stack: string) => (stack === 'items' ? items : undefined) };
  const server = new ConsoleServer({ site, history: new History(), dynamodbEndpoint: '' });
  await expect(server.listen(port, false)).rejects.toThrow(
    `Port ${port} is used by an API of the stack items. Set another with --console-port, or 0 for any free port.`,
  );
});

test('an API that does not answer in time is a 504, with the seconds', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const site = { deployments: [], urlOf: () => `http://127.0.0.1:${port}` };
  const server = new ConsoleServer({ site, history: new History(), dynamodbEndpoint: '', sendTimeoutMs: 100 });
  const url = await server.listen(0, false);
  const headers = { 'content-type': 'application/json' };
  expect(await send(url, 'POST', '/api/send', { headers, body: JSON.stringify(PING) })).toMatchObject({
    status: 504,
    json: { message: 'No answer within 0.1 s.' },
  });
  await server.close();
  silent.close();
});

test('an API that there is not is told with those that there are', async () => {
  const unknown = async (more: object) => {
    const { status, json } = await post({ ...PING, ...more });
    return [status, (json as { message: string }).message];
  };
  expect(await unknown({ api: 'http-crud-tutorial-api' })).toEqual([
    404,
    expect.stringMatching(/no API with the Terraform address http-crud-tutorial-api\. Its APIs are aws_.*\.api\.$/),
  ]);
  expect(await unknown({ stack: 'nothing' })).toEqual([404, 'There is no stack nothing.']);
});

test('every answer has a strict policy; nothing but the page’s own files is served', async () => {
  for (const target of ['/', '/page.js', '/nothing', '/api/stacks']) {
    const { headers } = await get(target);
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'/,
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
  for (const target of ['/../server.ts', '/..%2fserver.ts', '/%2e%2e/server.ts', '/server.ts', '/files', '/.']) {
    expect((await get(target)).status).toBe(target === '/.' ? 200 : 404);
  }
});
