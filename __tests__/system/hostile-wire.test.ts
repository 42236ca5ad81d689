/** Hostile requests over raw sockets do not stop the local run, and do not exhaust its memory. */
import { readFileSync } from 'node:fs';
import { type Attack, ATTACKS, randomFrom } from '../support/hostile/attacks';
import { attack, startSlowRequests, forEachConcurrently } from '../support/hostile/send';
import { send, sendJson } from '../support/http';
import { type ItemsRun, startItemsRun } from '../support/items-run';

const REQUESTS = 10_000;
const SENDERS = 16;
const SECONDS = 45;
/** 40 MB for the instance of each sender, and 400 MB for the local run itself. */
const MAX_MB = SENDERS * 40 + 400;

let run: ItemsRun;

beforeAll(async () => {
  run = await startItemsRun();
});

afterAll(() => run.stop());

/** Reads the resident memory of a process. @returns undefined on a system without /proc */
function residentMb(pid: number): number | undefined {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1024;
  } catch {
    console.warn('There is no /proc here: the memory of the local run is not checked.');
    return undefined;
  }
}

async function normalSession(): Promise<void> {
  const item = { id: 'after', price: 1, name: 'x' };
  expect((await sendJson(run.url, 'PUT', '/items', item)).status).toBe(200);
  expect((await send(run.url, 'GET', '/items/after')).json).toEqual({ Item: item });
  expect((await send(run.url, 'DELETE', '/items/after')).status).toBe(200);
}

test('serves after ten thousand hostile requests and during 200 requests that never end', async () => {
  const { hostname: host, port } = new URL(run.url);
  const target = { host, port: Number(port) };
  // Starts the instances that concurrent requests need.
  await Promise.all(Array.from({ length: SENDERS }, () => send(run.url, 'GET', '/items/none')));
  const random = randomFrom(7);
  const kinds = Object.values(ATTACKS);
  const attacks: Attack[] = [];
  for (let count = 0; count < REQUESTS; count += attacks.at(-1)?.requests ?? 0) {
    const kind = kinds[attacks.length % kinds.length];
    if (kind) attacks.push(kind(random));
  }
  const began = performance.now();
  const slow = startSlowRequests(target, 200);
  const statuses = new Map<number, number>();
  const sendAttack = async (hostile: Attack) => {
    for (const status of await attack(target, hostile)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  };
  await forEachConcurrently(attacks, SENDERS, sendAttack);
  // A normal caller is served while the slow connections are open.
  await normalSession();
  slow.stop();
  const seconds = (performance.now() - began) / 1000;
  const memory = residentMb(run.pid) ?? 0;
  const seen = [...statuses].sort().map(([status, count]) => `${status}: ${count}`);
  process.stdout.write(
    `${REQUESTS} hostile requests in ${seconds.toFixed(1)} s, memory ${memory.toFixed(0)} MB; answers ${seen.join(', ')}\n`,
  );
  expect([...statuses.keys()].filter((status) => status >= 500 && status !== 501 && status !== 505)).toEqual([]);
  const lines = run.printed().split('\n');
  expect(lines.filter((line) => /fault of the local run|uncaught|unhandled/i.test(line))).toEqual([]);
  expect(seconds).toBeLessThan(SECONDS);
  expect(memory).toBeLessThan(MAX_MB);
  await normalSession();
}, 120_000);

test.each(Object.keys(ATTACKS))('serves after 40 attacks of the kind %s', async (kind) => {
  const { hostname: host, port } = new URL(run.url);
  const random = randomFrom(11);
  const attacks = Array.from({ length: 40 }, () => ATTACKS[kind]?.(random)).filter((made) => made !== undefined);
  await forEachConcurrently(attacks, 20, async (hostile) => {
    await attack({ host, port: Number(port) }, hostile);
  });
  await normalSession();
});

test('answers pipelined requests in order', async () => {
  const { hostname: host, port } = new URL(run.url);
  const lines = ['/items/none', '/nothing', '/items?limit=0', '/items'].map(
    (path, index) => `GET ${path} HTTP/1.1\r\nHost: x\r\n${index === 3 ? 'Connection: close\r\n' : ''}\r\n`,
  );
  const statuses = await attack({ host, port: Number(port) }, { bytes: lines.join(''), requests: 4 });
  expect(statuses).toEqual([404, 404, 400, 200]);
});

test('refuses a request with both a content-length and chunks, which could hide a second request', async () => {
  const { hostname: host, port } = new URL(run.url);
  const bytes =
    'PUT /items HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /items HTTP/1.1\r\nHost: x\r\n\r\n';
  expect(await attack({ host, port: Number(port) }, { bytes, requests: 1, ends: true })).toEqual([400]);
});
