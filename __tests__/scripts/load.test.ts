/** `npm run load`, run as a command against the local run. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { send } from '../support/http';
import { startItemsRun } from '../support/items-run';
import { JITI, type LocalRun, ROOT, startLocalRun } from '../support/local-run';

let folder: string;
let run: LocalRun | undefined;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'load-'));
});

afterEach(async () => {
  await run?.stop();
  run = undefined;
  rmSync(folder, { recursive: true, force: true });
});

function load(outputs: unknown, ...args: string[]) {
  const file = path.join(folder, 'o.json');
  writeFileSync(file, JSON.stringify(outputs));
  return spawnSync(process.execPath, [JITI, 'scripts/load.ts', file, ...args], { cwd: ROOT, encoding: 'utf8' });
}

/** The columns of the row of a request: requests, requests/s, p50, p99, errors, throttled. */
function rowOf(stdout: string, request: string): number[] {
  const row = stdout.split('\n').find((line) => line.startsWith(`${request} `)) ?? '';
  return row.slice(request.length).trim().split(/ +/).map(Number);
}

test('sends the requests to the read route of each API, and prints its figures', async () => {
  run = await startItemsRun();
  const { items, products } = run.outputs;
  const { status, stdout, stderr } = load({ items, products, state: {} }, '--requests', '50');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/\nitems at http:\/\/\S+: 10 connections, at most 10 s and 50 requests\n/);
  for (const request of ['GET /items/{id}', 'GET /product/{id}']) {
    const [requests, rate = 0, p50 = 0, p99 = 0, ...failed] = rowOf(stdout, request);
    expect(requests).toBe(50);
    expect(rate).toBeGreaterThan(1);
    expect(p50).toBeGreaterThan(0);
    expect(p99).toBeGreaterThanOrEqual(p50);
    expect(failed).toEqual([0, 0]);
  }
});

test('ends after the time, and counts throttled requests', async () => {
  run = await startItemsRun({ settings: { THROTTLE_RATE: '1', THROTTLE_BURST: '1' } });
  const start = Date.now();
  const { status, stdout } = load({ items: run.outputs['items'] }, '--seconds', '2', '--requests', '100000');
  const seconds = (Date.now() - start) / 1000;
  expect(seconds).toBeLessThan(30);
  const [requests = 0, , , , errors, throttled = 0] = rowOf(stdout, 'GET /items/{id}');
  expect({ status, errors }).toEqual({ status: 0, errors: 0 });
  expect(throttled).toBeGreaterThan(0);
  expect(requests - throttled).toBeLessThan(seconds + 2);
});

test('--write sends the requests of the session, and leaves no item', async () => {
  const itemsRun = await startItemsRun();
  run = itemsRun;
  const { status, stdout, stderr } = load({ items: run.outputs['items'] }, '--write', '--requests', '102');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const counts = ['PUT /items', 'GET /items/{id}', 'GET /items', 'DELETE /items/{id}'].map(
    (request) => rowOf(stdout, request)[0] ?? 0,
  );
  expect(Math.min(...counts)).toBeGreaterThan(10);
  expect(counts.reduce((sum, count) => sum + count)).toBe(102);
  expect((await send(itemsRun.url, 'GET', '/items')).json).toMatchObject({ Count: 0 });
});

test('gets a token from the local run for routes that need one', async () => {
  run = await startLocalRun({ root: path.join(ROOT, 'examples/notes') });
  const { status, stdout, stderr } = load(run.outputs, '--app', 'examples/notes', '--requests', '20');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/\nGET \/notes\S* +20 /);
});

test('skips an API without a GET route', async () => {
  run = await startItemsRun();
  const { items, manager } = run.outputs;
  const { status, stdout } = load({ manager, items }, '--requests', '10');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^\nmanager has no GET route\. With --write, /);
  expect(rowOf(stdout, 'GET /items/{id}')[0]).toBe(10);
});

/** Runs load against a server that answers with these bodies: the first request gets the status 404, the others 500. */
async function loadServer(body: string) {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(requests === 1 ? 404 : 500).end(body);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const file = path.join(folder, 'o.json');
    writeFileSync(file, JSON.stringify({ items: { url: `http://127.0.0.1:${port}` } }));
    const child = spawn(process.execPath, [JITI, 'scripts/load.ts', file], { cwd: ROOT });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const status = await new Promise((resolve) => child.once('close', resolve));
    return { status, errors, requests };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('counts unexpected answers as errors, and ends after 100 of them', async () => {
  const { status, errors, requests } = await loadServer('out of order');
  expect(status).toBe(1);
  expect(errors).toMatch(
    /items: GET \/items\/\{id\}: 1\d\d errors\. The first: expected status 404, got 500: out of order/,
  );
  expect(requests).toBeLessThan(120);
});

test('refuses an API that does not have the route', async () => {
  const { status, errors, requests } = await loadServer('{"message":"Not Found"}');
  expect({ status, requests }).toEqual({ status: 1, requests: 1 });
  expect(errors).toMatch(/items: GET \/items\/\{id\} cannot be read: API Gateway answered 404 without the function/);
});

const AWS = { items: { url: 'https://abc.execute-api.us-east-1.amazonaws.com' } };

test.each([
  [[], /items: not on this machine\. Up to 10,000 requests cost about \$0\.06 .* The requests only read.* Pass --yes/],
  [['--write', '--requests', '100000'], /about \$0\.60 .* create, change and delete items/],
  [['--requests', '100001'], /--requests is 100001; it must be a whole number from 1 to 100000\./],
  [['--seconds', '61'], /--seconds is 61; it must be a whole number from 1 to 60\./],
  [['--connections', '0'], /--connections is 0; it must be a whole number from 1 to 100\./],
  [['--seconds', '1.5'], /--seconds is 1\.5; /],
])('refuses a deployment on AWS with the arguments %j', (args, message) => {
  const { status, stdout, stderr } = load(AWS, ...args);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(message);
});

test.each([
  [{}, /o\.json has no stack with an API/],
  [{ other: { url: 'http://127.0.0.1:1' } }, /other: no contract of \. has this name\. Pass --app/],
  [{ items: { url: 'http://127.0.0.1:1' } }, /items: GET \/items\/\{id\} cannot be read: there was no answer/],
])('refuses the outputs %j', (outputs, message) => {
  const { status, stderr } = load(outputs);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
});
