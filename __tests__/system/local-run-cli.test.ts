/** The command line of the local run: start, options, output and end. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { send, sendJson } from '../support/http';
import { manager } from '../../function/manager/contract';
import { type ItemsRun, startItemsRun } from '../support/items-run';
import { ROOT, spawnLocalRun } from '../support/local-run';
import { nameOf } from '../support/names';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cli-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a run that ends by itself, and waits for its end. */
async function runToEnd(args: readonly string[], settings: Record<string, string> = {}) {
  const child = spawnLocalRun({ args, settings });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout, stderr };
}

const item = { id: 'a', price: 1, name: 'x' };

test('prints outputs, routes and a line for each request; SIGINT ends it with status 0', async () => {
  const run = await startItemsRun({ settings: { ENVIRONMENT: 'staging' } });
  expect(run.printed()).toMatch(/\n {2}url +http:\/\/127\.0\.0\.1:\d+\n/);
  const [table, fn] = ['items', 'function'].map((end) => nameOf('http-crud-tutorial', end, 'staging'));
  expect(run.printed()).toMatch(new RegExp(`\\n {2}table_name +${table}\\n`));
  expect(run.printed()).toMatch(new RegExp(`\\n {2}GET +/items/\\{id\\} +-> ${fn}\\n`));
  const { headers } = await send(run.url, 'GET', '/items/a?x=%1b');
  // The default of Node.js, 5 seconds, is too short for a busy test.
  expect(headers['keep-alive']).toBe('timeout=60');
  await run.prints(
    /\d\d:\d\d:\d\d items {4}GET {4}\/items\/a\?x=%1b +400 +\d+ ms cold x: is not a known query parameter/,
  );
  await send(run.url, 'GET', '/nowhere');
  await run.prints(/GET {4}\/nowhere +404 +\d+ ms {6}no route matches\n/);
  await send(run.url, 'GET', '/items/a');
  await run.prints(/GET {4}\/items\/a +404 +\d+ ms {6}GetItem allowed/);
  expect(await run.stop('SIGINT')).toBe(0);
});

test('a signal under load ends the run without function errors and without 500 answers', async () => {
  const run = await startItemsRun();
  let stopped = false;
  const statuses = new Set<number>();
  const clients = Array.from({ length: 20 }, async () => {
    while (!stopped) {
      const answer = await send(run.url, 'GET', '/items').catch(() => undefined);
      if (answer) statuses.add(answer.status);
    }
  });
  await run.prints(/GET {4}\/items +200 /);
  await new Promise((done) => setTimeout(done, 500));
  expect(await run.stop('SIGINT')).toBe(0);
  stopped = true;
  await Promise.all(clients);
  expect(run.printed()).not.toMatch(/ExitError| 500 /);
  // The connections of the other callers end without an answer.
  expect([...statuses]).toEqual([200]);
});

test('throttles requests as the synthesized stage says', async () => {
  const run = await startItemsRun({ settings: { THROTTLE_RATE: '1', THROTTLE_BURST: '2' } });
  const statuses = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await send(run.url, 'GET', '/items')).status);
  expect(statuses.slice(0, 2)).toEqual([200, 200]);
  expect(statuses).toContain(429);
  expect(await send(run.url, 'GET', '/nowhere')).toMatchObject({ status: 404 });
  await run.stop();
});

/** Starts a run on a random port below the system's ephemeral ports, and tries other ports when one is taken. */
async function startOnRandomPort(args: readonly string[]): Promise<{ port: number; run: ItemsRun }> {
  for (let tries = 1; ; tries += 1) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    try {
      return { port, run: await startItemsRun({ args: [...args, '--port', String(port)] }) };
    } catch (error) {
      if (tries === 5 || !String(error).includes('is taken')) throw error;
    }
  }
}

test('--data keeps the items of earlier runs, and --port sets the port', async () => {
  const data = path.join(folder, 'data');
  const first = await startItemsRun({ args: ['--data', data] });
  await sendJson(first.url, 'PUT', '/items', item);
  expect(await first.stop()).toBe(0);
  const { port, run: second } = await startOnRandomPort(['--data', data]);
  const ports = Object.values(second.outputs).map(({ url }) => Number(new URL(String(url)).port));
  expect(Math.min(...ports)).toBe(port);
  expect((await send(second.url, 'GET', '/items/a')).json).toEqual({ Item: item });
  await second.stop('SIGKILL');
  const third = await startItemsRun({ args: ['--data', data] });
  expect((await send(third.url, 'GET', '/items')).json).toMatchObject({ Count: 1 });
  await third.stop();
});

test('--only serves one stack, on the port that it has among all stacks', async () => {
  const { port, run } = await startOnRandomPort(['--only', 'products']);
  expect(Object.keys(run.outputs)).toEqual(['products']);
  expect(run.outputs['products']?.['url']).toBe(`http://127.0.0.1:${port + 2}/prod`);
  expect(await run.stop()).toBe(0);
});

test('refuses a --data folder that another run uses, with one line', async () => {
  const data = path.join(folder, 'data');
  const first = await startItemsRun({ args: ['--data', data] });
  const { status, stderr } = await runToEnd(['--port', '0', '--data', data]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^--data .*: another run uses this folder\. .*\n$/);
  await first.stop();
});

test('refuses a --data folder that cannot be created, with one line', async () => {
  const file = path.join(folder, 'file');
  writeFileSync(file, '');
  for (const data of [file, path.join(file, 'data'), '/proc/none/data']) {
    const { status, stderr } = await runToEnd(['--port', '0', '--data', data]);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(
        new RegExp(`^--data ${data}: the folder cannot be created \\(E[A-Z]+\\)\\. Choose another folder\\.\n$`),
      ),
    ]);
  }
});

test.each([
  ['is missing', () => path.join(folder, 'missing'), 'ENOENT'],
  ['is not a folder', () => path.join(folder, 'file'), 'ENOTDIR'],
])('says with one line that the folder for temporary files %s', async (_what, temporary, code) => {
  writeFileSync(path.join(folder, 'file'), '');
  const { status, stderr } = await runToEnd([], { TMPDIR: temporary() });
  expect(status).toBe(1);
  expect(stderr.trim()).toBe(
    `The folder for temporary files, ${temporary()}, cannot be used (${code}). ` +
      'Create it, or set TMPDIR to a folder that you can write to.',
  );
});

test('refuses a taken port with one line and status 1, and removes an old outputs file', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const outputs = path.join(folder, 'o.json');
  writeFileSync(outputs, 'of an earlier run');
  const { status, stderr } = await runToEnd(['--port', String(port), '--outputs-file', outputs]);
  expect(status).toBe(1);
  expect(stderr).toBe(`Port ${port} is taken. Set another port with --port, or 0 for any free port.\n`);
  expect(existsSync(outputs)).toBe(false);
  server.close();
});

test('a signal during the start ends the run with status 0', async () => {
  const child = spawnLocalRun({ args: ['--port', '0'] });
  child.stdout?.once('data', () => child.kill('SIGTERM'));
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test.each([
  [['--port', 'x'], /--port: saw x; allowed is a whole number from 0 to 65535\./],
  [['--port', '70000'], /--port: saw 70000/],
  [['--prot', '1'], /^Unknown option '--prot'\.\nnpm start -- --help shows the options\.\n$/],
  [
    ['--port', '-1'],
    /argument is ambiguous\.\nDid you forget .* '--port'\?\nTo specify .* '--port=-XYZ'\.\nnpm start -- --help/,
  ],
  [['--instances', '7'], /--instances: saw 7; allowed are cores and requests\./],
  [
    ['--console-port', 'x', '--log-format', 'xml'],
    /--log-format: saw xml; allowed are text and json\.\n--console-port: saw x;/,
  ],
  [['--outputs-file', '/nowhere/o.json'], /--outputs-file \/nowhere\/o\.json: there is no folder \/nowhere\./],
  [['--dynamodb-endpoint', 'localhost'], /--dynamodb-endpoint: saw localhost; allowed is a URL/],
  [['--dynamodb-endpoint', 'http://127.0.0.1:1', '--data', 'x'], /exclude each other/],
])('refuses %j', async (args, message) => {
  const { status, stderr } = await runToEnd(args);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test.each([
  [['--prot', '1', '--log-format', 'json'], /Unknown option '--prot'/],
  [['--log-format=json', '--port', 'x', '--console-port', 'y'], /--port: saw x;.*\n--console-port: saw y;/],
])('refuses %j with one line of JSON', async (args, message) => {
  const { status, stdout, stderr } = await runToEnd(args);
  expect(status).toBe(1);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^[^\n]+\n$/);
  const { message: shown, ...line } = JSON.parse(stdout) as Record<string, unknown>;
  expect(line).toEqual({ type: 'failed', time: expect.any(String) as string });
  expect(shown).toMatch(message);
});

test('prints the message of the app about an invalid setting', async () => {
  const { status, stderr } = await runToEnd(['--port', '0'], { MEMORY_MB: '1' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^A setting is wrong; nothing was synthesized\.\n {2}- memoryMb .*\n$/);
});

test('--log-format json prints one JSON object for each line, without credentials', async () => {
  const run = await startItemsRun({ args: ['--log-format', 'json'] });
  const key = run.outputs[manager.name]?.['api_key'] as string;
  const managerUrl = run.outputs[manager.name]?.['url'] as string;
  await sendJson(run.url, 'PUT', '/items', item);
  await send(run.url, 'GET', `/nowhere?key=${key}`);
  const ping = { headers: { 'x-api-key': key, Authorization: 'Basic c2VjcmV0' }, body: '{"operation":"ping"}' };
  await send(managerUrl, 'POST', '/prod/dynamodbmanager', ping);
  await run.prints(/"type":"request"[^\n]*"stack":"manager"/);
  await run.stop();
  const lines = run
    .printed()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map(({ type }) => type)).toEqual(expect.arrayContaining(['starting', 'ready', 'log', 'request']));
  const [put, nowhere, pinged] = lines.filter(({ type }) => type === 'request');
  expect(put).toMatchObject({
    // The same names as in a request that the console sends.
    stack: 'items',
    api: 'aws_apigatewayv2_api.api',
    method: 'PUT',
    path: '/items',
    route: 'PUT /items',
    status: 200,
    coldStart: true,
    function: nameOf('http-crud-tutorial', 'function'),
    calls: [{ operation: 'PutItem', decision: 'allowed', status: 200 }],
    event: { version: '2.0', routeKey: 'PUT /items' },
    result: { statusCode: 200 },
  });
  const log = lines.find(({ type }) => type === 'log');
  expect(log).toMatchObject({ function: put?.['function'], invocationId: put?.['invocationId'] });
  // People share logs, so credentials are masked.
  expect(nowhere).toMatchObject({ path: '/nowhere?key=***' });
  expect(pinged).toMatchObject({ event: { headers: { 'x-api-key': '***', Authorization: '***' } } });
  const shown = lines.filter(({ type }) => type !== 'ready').map((line) => JSON.stringify(line));
  expect(shown.join()).not.toContain(key);
  expect(shown.join()).not.toContain('c2VjcmV0');
});

test('refuses a taken console port with one line', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { status, stderr } = await runToEnd(['--port', '0', '--console-port', String(port)]);
  expect(status).toBe(1);
  expect(stderr).toBe(`Port ${port} is taken. Set another port with --console-port, or 0 for any free port.\n`);
  server.close();
});

test.each(['--help', '-h'])('%s prints the options, and the README documents each of them', async (option) => {
  const { status, stdout } = await runToEnd([option]);
  expect(status).toBe(0);
  expect(stdout).toContain('--outputs-file FILE');
  const readme = readFileSync(path.join(ROOT, 'packages/local-run/README.md'), 'utf8');
  for (const documented of stdout.match(/--[a-z-]+/g) ?? []) expect(readme).toContain(`\`${documented}`);
});
