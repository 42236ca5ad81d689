/** `kill -9` of a run at any moment: every acknowledged write is there again, and nothing is left behind. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { send, sendJson } from '../support/http';
import { type LocalRun, spawnLocalRun, startLocalRun } from '../support/local-run';

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

/** Writes until the run is gone; what was answered with 200 is noted, and an overwritten item's last. */
async function write(run: LocalRun, round: number, acknowledged: Written, writer: number): Promise<void> {
  for (let n = 0; ; n += 1) {
    // Every third write replaces an item of before.
    const id = `${writer}-${round}-${n % 3 === 2 ? n - 1 : n}`;
    const item = { id, price: n, name: 'x'.repeat(200) };
    try {
      const { status } = await sendJson(run.url, 'PUT', '/items', item);
      if (status !== 200) return;
    } catch {
      // It may have been written, or not: a later value than the acknowledged one is right too.
      acknowledged.set(`uncertain ${id}`, item);
      return;
    }
    acknowledged.set(id, item);
  }
}

async function items(run: LocalRun): Promise<Written> {
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

/** The processes that a process has started. */
function childrenOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number) : [];
}

/** Waits for a process to end. */
async function gone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (!existsSync(`/proc/${pid}`)) return true;
    await setTimeout(50);
  }
  return false;
}

test('every acknowledged write is there after kill -9, several times', async () => {
  const acknowledged: Written = new Map();
  for (let round = 0; round < ROUNDS; round += 1) {
    const run = await startLocalRun({ args: ['--data', data] });
    const writing = Array.from({ length: WRITERS }, (_, writer) => write(run, round, acknowledged, writer));
    await setTimeout(300 + Math.random() * 1200);
    await run.stop('SIGKILL');
    await Promise.all(writing);
    await expect(send(run.url, 'GET', '/items')).rejects.toThrow();
  }
  const run = await startLocalRun({ args: ['--data', data] });
  const found = await items(run);
  await run.stop();
  const sure = [...acknowledged].filter(([id]) => !id.startsWith('uncertain '));
  const lost = sure.filter(([id, item]) => {
    const there = JSON.stringify(found.get(id));
    return there !== JSON.stringify(item) && there !== JSON.stringify(acknowledged.get(`uncertain ${id}`));
  });
  console.info(`${sure.length} items acknowledged in ${ROUNDS} runs that were killed; lost: ${lost.length}`);
  expect(sure.length).toBeGreaterThan(ROUNDS * WRITERS);
  expect(lost).toEqual([]);
}, 180_000);

test('a run that is killed while it starts does not keep the next from starting', async () => {
  const fresh = path.join(folder, 'fresh');
  for (const after of [500, 1500, 2500]) {
    const child = spawnLocalRun({ args: ['--port', '0', '--data', fresh] });
    const exited = once(child, 'exit');
    await setTimeout(after + Math.random() * 500);
    child.kill('SIGKILL');
    await exited;
  }
  const run = await startLocalRun({ args: ['--data', fresh] });
  expect((await send(run.url, 'GET', '/items')).json).toMatchObject({ Count: 0 });
  await run.stop();
}, 120_000);

test('a killed run leaves no process and no port behind', async () => {
  const run = await startLocalRun({ args: ['--watch', '--console-port', '0'] });
  await send(run.url, 'GET', '/items');
  const [, page = ''] = /console\n +(http:\S+)/.exec(run.printed()) ?? [];
  const children = childrenOf(run.pid);
  if (process.platform === 'linux') expect(children.length).toBeGreaterThan(0);
  await run.stop('SIGKILL');
  await expect(fetch(page)).rejects.toThrow();
  await expect(send(run.url, 'GET', '/items')).rejects.toThrow();
  for (const child of children) expect(await gone(child)).toBe(true);
});
