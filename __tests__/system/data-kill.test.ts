/** After `kill -9`, the next run has every acknowledged write, and no process or port remains. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { send, sendJson } from '../support/http';
import { type ItemsRun, startItemsRun } from '../support/items-run';
import { spawnLocalRun } from '../support/local-run';

const ROUNDS = 4;
const WRITERS = 4;

let folder: string;
let data: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'data-kill-'));
  data = path.join(folder, 'data');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Written = Map<string, { readonly id: string; readonly price: number; readonly name: string }>;

/** Writes items until the run ends. Saves the last acknowledged version of each item in `acknowledged`. */
async function write(run: ItemsRun, round: number, acknowledged: Written, writer: number): Promise<void> {
  for (let n = 0; ; n += 1) {
    // Every third write replaces the previous item.
    const id = `${writer}-${round}-${n % 3 === 2 ? n - 1 : n}`;
    const item = { id, price: n, name: 'x'.repeat(200) };
    try {
      const { status } = await sendJson(run.url, 'PUT', '/items', item);
      if (status !== 200) return;
    } catch {
      // The write may have happened, so the next run may have this version instead of the acknowledged one.
      acknowledged.set(`uncertain ${id}`, item);
      return;
    }
    acknowledged.set(id, item);
  }
}

/** Waits until this number of items is acknowledged, so that a slow machine writes as many. */
async function acknowledge(items: Written, count: number): Promise<void> {
  while (items.size < count) await setTimeout(10);
}

async function listItems(run: ItemsRun): Promise<Written> {
  const found: Written = new Map();
  let token = '';
  do {
    const query = token === '' ? '' : `?nextToken=${encodeURIComponent(token)}`;
    const { json } = await send(run.url, 'GET', `/items${query}`);
    for (const item of json.Items) found.set(item.id, item);
    token = json.NextToken ?? '';
  } while (token !== '');
  return found;
}

/** The child processes of a process. Empty on a system without /proc. */
function childrenOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number) : [];
}

/** Waits up to 5 s for a process to end. */
async function hasEnded(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (!existsSync(`/proc/${pid}`)) return true;
    await setTimeout(50);
  }
  return false;
}

test('every acknowledged write survives several kills with SIGKILL', async () => {
  const acknowledged: Written = new Map();
  for (let round = 0; round < ROUNDS; round += 1) {
    const run = await startItemsRun({ args: ['--data', data] });
    const writing = Array.from({ length: WRITERS }, (_, writer) => write(run, round, acknowledged, writer));
    await acknowledge(acknowledged, (round + 1) * 2 * WRITERS);
    await setTimeout(Math.random() * 1200);
    await run.stop('SIGKILL');
    await Promise.all(writing);
    await expect(send(run.url, 'GET', '/items')).rejects.toThrow();
  }
  const run = await startItemsRun({ args: ['--data', data] });
  const found = await listItems(run);
  await run.stop();
  const certain = [...acknowledged].filter(([id]) => !id.startsWith('uncertain '));
  const lost = certain.filter(([id, item]) => {
    const stored = JSON.stringify(found.get(id));
    return stored !== JSON.stringify(item) && stored !== JSON.stringify(acknowledged.get(`uncertain ${id}`));
  });
  console.info(`${certain.length} items acknowledged by ${ROUNDS} killed runs; lost: ${lost.length}`);
  expect(certain.length).toBeGreaterThan(ROUNDS * WRITERS);
  expect(lost).toEqual([]);
}, 180_000);

test('a run starts after earlier runs were killed during their start', async () => {
  const fresh = path.join(folder, 'fresh');
  for (const after of [500, 1500, 2500]) {
    const child = spawnLocalRun({ args: ['--port', '0', '--data', fresh] });
    const exited = once(child, 'exit');
    await setTimeout(after + Math.random() * 500);
    child.kill('SIGKILL');
    await exited;
  }
  const run = await startItemsRun({ args: ['--data', fresh] });
  expect((await send(run.url, 'GET', '/items')).json).toMatchObject({ Count: 0 });
  await run.stop();
}, 120_000);

test('a killed run leaves no child process and no open port', async () => {
  const run = await startItemsRun({ args: ['--watch', '--console-port', '0'] });
  await send(run.url, 'GET', '/items');
  const [, page = ''] = /console\n +(http:\S+)/.exec(run.printed()) ?? [];
  const children = childrenOf(run.pid);
  if (process.platform === 'linux') expect(children.length).toBeGreaterThan(0);
  await run.stop('SIGKILL');
  await expect(fetch(page)).rejects.toThrow();
  await expect(send(run.url, 'GET', '/items')).rejects.toThrow();
  for (const child of children) expect(await hasEnded(child)).toBe(true);
});
