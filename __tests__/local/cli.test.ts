/** `npm start` as a person meets it: how it starts, what it prints, how it ends. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { send, sendJson } from '../support/http';
import { spawnLocalRun, startLocalRun } from '../support/local-run';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cli-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A run that ends by itself. */
async function ended(args: readonly string[], settings: Record<string, string> = {}) {
  const child = spawnLocalRun({ args, settings });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout, stderr };
}

const item = { id: 'a', price: 1, name: 'x' };

test('prints outputs and routes, then a line a request; a signal ends it with status 0', async () => {
  const run = await startLocalRun({ settings: { ENVIRONMENT: 'staging' } });
  expect(run.printed()).toMatch(/\n {2}url +http:\/\/127\.0\.0\.1:\d+\n/);
  expect(run.printed()).toMatch(/\n {2}table_name +http-crud-tutorial-staging-items\n/);
  expect(run.printed()).toMatch(/\n {2}GET +\/items\/\{id\} +-> http-crud-tutorial-staging-function\n/);
  await send(run.url, 'GET', '/items/a?x=%1b');
  await run.prints(/\d\d:\d\d:\d\d GET \/items\/a\?x=%1b 400 \d+ ms, cold start\n/);
  await send(run.url, 'GET', '/nowhere');
  await run.prints(/GET \/nowhere 404 \d+ ms, no route matches\n/);
  expect(await run.stop('SIGINT')).toBe(0);
});

test('the throttle is the synthesized one', async () => {
  const run = await startLocalRun({ settings: { THROTTLE_RATE: '1', THROTTLE_BURST: '2' } });
  const statuses = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await send(run.url, 'GET', '/items')).status);
  expect(statuses.slice(0, 2)).toEqual([200, 200]);
  expect(statuses).toContain(429);
  expect(await send(run.url, 'GET', '/nowhere')).toMatchObject({ status: 404 });
  await run.stop();
});

test('--data keeps the tables, --port the port', async () => {
  const data = path.join(folder, 'data');
  const first = await startLocalRun({ args: ['--data', data] });
  await sendJson(first.url, 'PUT', '/items', item);
  expect(await first.stop()).toBe(0);
  const port = new URL(first.url).port;
  const second = await startLocalRun({ args: ['--data', data, '--port', port] });
  expect(second.url).toBe(first.url);
  expect((await send(second.url, 'GET', '/items/a')).json).toEqual({ Item: item });
  await second.stop('SIGKILL');
  const third = await startLocalRun({ args: ['--data', data] });
  expect((await send(third.url, 'GET', '/items')).json).toMatchObject({ Count: 1 });
  await third.stop();
});

test('a --data folder that another run uses: one clear line', async () => {
  const data = path.join(folder, 'data');
  const first = await startLocalRun({ args: ['--data', data] });
  const { status, stderr } = await ended(['--port', '0', '--data', data]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^--data .*: another run uses this folder\. .*\n$/);
  await first.stop();
});

test('a port that is taken: one clear line, status 1, no outputs file', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const outputs = path.join(folder, 'o.json');
  writeFileSync(outputs, 'of an earlier run');
  const { status, stderr } = await ended(['--port', String(port), '--outputs-file', outputs]);
  expect(status).toBe(1);
  expect(stderr).toBe(`Port ${port} is taken. Give another one with --port, or --port 0 for any that is free.\n`);
  expect(existsSync(outputs)).toBe(false);
  server.close();
});

test('a signal while it starts ends it with status 0', async () => {
  const child = spawnLocalRun({ args: ['--port', '0'] });
  child.stdout?.once('data', () => child.kill('SIGTERM'));
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test.each([
  [['--port', 'x'], /--port: saw x; allowed is a whole number from 0 to 65535\./],
  [['--port', '70000'], /--port: saw 70000/],
  [['--prot', '1'], /Unknown option '--prot'/],
  [['--outputs-file', '/nowhere/o.json'], /--outputs-file \/nowhere\/o\.json: there is no folder \/nowhere\./],
  [['--dynamodb-endpoint', 'localhost'], /--dynamodb-endpoint: saw localhost; allowed is a URL/],
  [['--dynamodb-endpoint', 'http://127.0.0.1:1', '--data', 'x'], /exclude each other/],
])('%j is refused', async (args, message) => {
  const { status, stderr } = await ended(args);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test('settings at fault are shown as the app shows them', async () => {
  const { status, stderr } = await ended(['--port', '0'], { MEMORY_MB: '1' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^A setting is wrong; nothing was synthesized\.\n {2}- memoryMb .*\n$/);
});

test('--help', async () => {
  const { status, stdout } = await ended(['--help']);
  expect(status).toBe(0);
  expect(stdout).toContain('--outputs-file FILE');
  // README shows the same options.
  const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');
  for (const option of stdout.match(/--[a-z-]+/g) ?? []) expect(readme).toContain(option);
});
