/** Contracts with sort keys, indexes, tokens and models, deployed by one app in a separate folder and called over HTTP. */
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Answer, send } from '../support/http';
import { JITI, ROOT, startLocalRun, type LocalRun } from '../support/local-run';

const CUSTOMER = '01941f29-7c00-7aaa-8bbb-0123456789ab';
const FOLDER = path.join(ROOT, 'dist/contracts-test');

let run: LocalRun | undefined;

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  write('main.ts', MAIN);
  mkdirSync(path.join(FOLDER, 'function/devices'), { recursive: true });
  write('function/devices/index.ts', DEVICES);
  write('cdktf.json', JSON.stringify({ language: 'typescript', app: 'node ../../app.cjs' }));
  run = await startLocalRun({ args: [FOLDER], settings: { REQUEST_VALIDATION: 'true' } });
});

afterAll(async () => {
  await run?.stop();
  rmSync(FOLDER, { recursive: true, force: true });
});

const MAIN = `
import { devices, notes, orders } from '../../__tests__/support/contracts';
import { runApis } from '../../stacks/run-apis';
runApis([devices, notes, orders]);
`;

const DEVICES = `
import { devices } from '../../../../__tests__/support/contracts';
import { increment } from '../../../../function/crud/operations/increment';
import { read } from '../../../../function/crud/operations/read';
import { replace } from '../../../../function/crud/operations/replace';
import { crudService } from '../../../../function/crud/service';
import { restApiHandler } from '../../../../function/http/rest-api';

export const handler = restApiHandler(
  crudService(devices, { increment, read, replace }, {
    ping: async ({ path }, { get }) => ({ status: (await get({ serial: path.serial })) ? 204 : 404 }),
  }),
);
`;

function write(name: string, text: string): void {
  writeFileSync(path.join(FOLDER, name), text);
}

const execute = promisify(execFile);

/** Runs `npm run token`. @throws Error with its message */
async function printToken(...options: readonly string[]): Promise<string> {
  const command = [JITI, 'scripts/token.ts', ...options];
  return (await execute(process.execPath, command, { cwd: ROOT })).stdout;
}

const urlOf = (stack: string) => run?.outputs[stack]?.['url'] as string;

function call(stack: string, method: string, target: string, body?: object, headers = {}): Promise<Answer> {
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  return send(urlOf(stack), method, target, {
    headers: { 'content-type': 'application/json', ...headers },
    ...content,
  });
}

/** Returns the header with a token of the local issuer for the stack notes. */
async function bearer(request: object): Promise<{ authorization: string }> {
  const issuer = run?.outputs['notes']?.['local_run_issuer'] as string;
  const headers = { 'content-type': 'application/json' };
  const { json } = await send(issuer, 'POST', '/api/tokens', { headers, body: JSON.stringify(request) });
  return { authorization: `Bearer ${json.token}` };
}

test('an index with a number key lists orders in numeric order', async () => {
  for (const total of [10, 9, 2.5]) {
    expect((await call('orders', 'POST', `/customers/${CUSTOMER}/orders`, { total, sku: 'AB-123' })).status).toBe(201);
  }
  const byStatus = await call('orders', 'GET', '/orders?status=open');
  expect(byStatus.json.items).toMatchObject([{ total: 2.5 }, { total: 9 }, { total: 10 }]);
  expect((await call('orders', 'GET', '/skus/AB-123/orders')).json.items).toHaveLength(3);
  expect((await call('orders', 'GET', `/customers/${CUSTOMER}/orders`)).json.items).toHaveLength(3);
});

test('callers list only their own notes, by the claim of the token', async () => {
  const [ada, bob] = [await bearer({ sub: 'ada' }), await bearer({ sub: 'bob' })];
  expect((await call('notes', 'POST', '/notes', { text: 'tea' }, ada)).status).toBe(201);
  expect((await call('notes', 'GET', '/notes', undefined, ada)).json.items).toMatchObject([{ text: 'tea' }]);
  expect((await call('notes', 'GET', '/notes', undefined, bob)).json.items).toEqual([]);
});

test('a route refuses callers without a token, without its scope, and without a signature', async () => {
  expect(await call('notes', 'GET', '/notes')).toMatchObject({ status: 401, json: { message: 'Unauthorized' } });
  expect((await call('notes', 'DELETE', '/notes/x', undefined, await bearer({ sub: 'ada' }))).status).toBe(403);
  expect((await call('orders', 'GET', '/all-orders')).status).toBe(403);
  const admin = await bearer({ sub: 'ada', scopes: ['admin'] });
  expect((await call('notes', 'DELETE', `/notes/${CUSTOMER}`, undefined, admin)).status).toBe(404);
});

test('the gateway answers preflight requests and lets pages read the ETag', async () => {
  const origin = 'https://shop.example.com';
  const preflight = await call('orders', 'OPTIONS', '/orders', undefined, {
    ...{ origin, 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'if-match' },
  });
  expect(preflight).toMatchObject({
    status: 204,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': expect.stringContaining('PATCH'),
      'access-control-allow-headers': expect.stringContaining('if-match'),
    },
  });
  const { headers } = await call('orders', 'GET', '/orders?status=paid', undefined, { origin });
  expect(headers['access-control-expose-headers']).toContain('etag');
});

test('the start prints the issuer, and npm run token prints a token of it', async () => {
  const [, issuer = ''] = /issuer of tokens\n {2}(\S+) {2}\(for notes\)/.exec(run?.printed() ?? '') ?? [];
  const printed = (...options: readonly string[]) => printToken('--issuer', issuer, ...options);
  const authorization = `Bearer ${(await printed('--sub', 'ada', '--scope', 'notes:delete')).trim()}`;
  expect((await call('notes', 'DELETE', `/notes/${CUSTOMER}`, undefined, { authorization })).status).toBe(404);
  const expired = `Bearer ${(await printed('--expires=-1m')).trim()}`;
  expect((await call('notes', 'GET', '/notes', undefined, { authorization: expired })).status).toBe(401);
  await expect(printed('--stack', 'orders')).rejects.toThrow('No route of the stack orders needs a token.');
  await expect(printed('--expires', 'soon')).rejects.toThrow('--expires: saw soon.');
});

test('npm run token says how to start a local run when none answers', async () => {
  await expect(printToken('--issuer', 'http://127.0.0.1:1')).rejects.toThrow(
    'No local run answers at http://127.0.0.1:1. Start it with npm start',
  );
});

test('a token without a signature, or of an issuer that cannot be reached, is refused with a reason', async () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = encode({ iss: 'https://id.example.com/', aud: 'notes', sub: 'ada', exp: 4_102_444_800 });
  for (const [header, reason] of [
    [{ alg: 'none' }, 'the token has the algorithm "none"'],
    [{ alg: 'RS256', kid: 'theirs' }, 'the local issuer did not sign the token, and the keys of its issuer cannot be'],
  ] as const) {
    const authorization = `Bearer ${encode(header)}.${claims}.c2ln`;
    expect((await call('notes', 'GET', '/notes', undefined, { authorization })).status).toBe(401);
    expect(await run?.prints(new RegExp(`401 .*${reason}`))).toBeDefined();
  }
});

test('a number key, a counter and a handler work behind a REST API with models', async () => {
  const key = { 'x-api-key': run?.outputs['devices']?.['api_key'] as string };
  const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=x' };
  expect((await call('devices', 'PUT', '/prod/devices/7', { weight: 2 })).status).toBe(403);
  expect(await call('devices', 'PUT', '/prod/devices/7', { weight: 0 }, key)).toMatchObject({
    status: 400,
    json: { message: 'Invalid request body' },
  });
  expect((await call('devices', 'PUT', '/prod/devices/7', { weight: 2 }, key)).status).toBe(201);
  expect((await call('devices', 'POST', '/prod/devices/7/restarts', undefined, signed)).json).toMatchObject({
    restarts: 1,
  });
  expect((await call('devices', 'GET', '/prod/devices/7')).json).toMatchObject({ serial: 7, weight: 2, restarts: 1 });
  expect((await call('devices', 'POST', '/prod/devices/7/pings', {}, key)).status).toBe(204);
  expect((await call('devices', 'POST', '/prod/devices/8/pings', {}, key)).status).toBe(404);
});

interface Route {
  readonly stack: string;
  readonly method: string;
  readonly example: {
    readonly path: string;
    readonly pathParameters: Readonly<Record<string, string>>;
    readonly queryValues?: Readonly<Record<string, string>>;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
}

test('the example of every route on the console page is a valid request', async () => {
  const [, page = ''] = /console\n {2}(\S+)/.exec(run?.printed() ?? '') ?? [];
  const { stacks } = (await send(page, 'GET', '/api/stacks')).json as { stacks: { routes: Route[] }[] };
  const routes = stacks.flatMap((stack) => stack.routes);
  expect(routes).toHaveLength(4 + 4 + 8);
  for (const { stack, method, example } of routes) {
    const target = example.path.replace(/\{(\w+)\}/g, (_, name: string) => example.pathParameters[name] ?? '');
    const query = new URLSearchParams(example.queryValues).toString();
    const body = example.body === undefined ? {} : { body: example.body };
    const answer = await send(urlOf(stack), method, `${target}?${query}`, { headers: example.headers, ...body });
    // The page cannot sign requests.
    const isSigned = /restarts|all-orders/.test(target);
    const expected = isSigned ? [403] : [200, 201, 204, 404];
    expect([method, target, expected.includes(answer.status), answer.text]).toEqual([
      method,
      target,
      true,
      answer.text,
    ]);
  }
});
