/** Threads that are begun before it is known which instance they will be. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chosenEnvironment } from '../../../src/services/lambda/environment';
import { Threads } from '../../../src/services/lambda/threads';
import { functionPool, type FunctionPool } from '../../support/function-pool';
import { nextThreadId } from '../../support/threads';

const OWN_ID = "exports.handler = async () => require('node:worker_threads').threadId";

let pools: FunctionPool;
let threads: Threads;
beforeEach(() => {
  pools = functionPool();
  threads = new Threads();
});
afterEach(async () => {
  await threads.stop();
  await pools.stop();
});

const kind = (memoryMb = 128, environment: Record<string, string> = {}) => ({
  environment: chosenEnvironment({ environment }),
  memoryMb,
});

async function idOf(options: Parameters<FunctionPool['of']>[1] = {}): Promise<number> {
  const { json } = await pools.of(OWN_ID, { threads, ...options }).invoke({});
  return Number(json);
}

test('an instance is the thread that was begun ahead; the next is another', async () => {
  threads.prepare(kind());
  const after = await nextThreadId();
  expect(await idOf()).toBe(after - 1);
  expect(await idOf()).toBeGreaterThan(after);
});

test.each([
  ['memory', { memoryMb: 256 }],
  ['NODE_PATH', { environment: { NODE_PATH: '/elsewhere' } }],
  ['HOME', { environment: { HOME: '/elsewhere' } }],
])('one of other %s is not', async (_, options) => {
  threads.prepare(kind());
  const after = await nextThreadId();
  expect(await idOf(options)).toBeGreaterThan(after);
  // It is still there.
  expect(await idOf()).toBe(after - 1);
});

test('there is one at most: of the kind that was asked for last', async () => {
  threads.prepare(kind());
  threads.prepare(kind());
  threads.prepare(kind(256));
  const after = await nextThreadId();
  expect(await idOf()).toBeGreaterThan(after);
  expect(await idOf({ memoryMb: 256 })).toBe(after - 1);
});

test('one that was ended is not used', async () => {
  threads.prepare(kind());
  const after = await nextThreadId();
  await threads.stop();
  expect(await idOf()).toBeGreaterThan(after);
});

test.each([
  ['NODE_PATH', ''],
  ['HOME', '.node_modules'],
])('it has the environment of its instance, and finds modules where %s says', async (name, below) => {
  const found = path.join(pools.folder, 'modules', below, 'found');
  mkdirSync(found, { recursive: true });
  writeFileSync(path.join(found, 'index.js'), 'module.exports = process.env.GREETING');
  const environment = { [name]: path.join(pools.folder, 'modules'), GREETING: 'from ahead' };
  threads.prepare(kind(128, environment));
  const after = await nextThreadId();
  const source =
    "exports.handler = async () => [require('found'), require('node:worker_threads').threadId, process.env]";
  const { json } = await pools.of(source, { threads, environment }).invoke({});
  expect(JSON.parse(json)).toEqual([
    'from ahead',
    after - 1,
    expect.objectContaining({ ...environment, TZ: ':UTC', AWS_LAMBDA_FUNCTION_NAME: 'fn' }),
  ]);
});

test('with NODE_OPTIONS none is begun ahead: what they load finds the whole environment, and may change it', async () => {
  const preload = path.join(pools.folder, 'preload.js');
  writeFileSync(preload, 'process.env.SEEN = `${process.env.GREETING} ${process.env.AWS_ACCESS_KEY_ID.slice(0, 4)}`;');
  writeFileSync(preload, 'process.env.GREETING += ", preloaded";', { flag: 'a' });
  const environment = { NODE_OPTIONS: `--require ${preload}`, GREETING: 'hello' };
  threads.prepare(kind(128, environment));
  const source = 'exports.handler = async () => process.env';
  const { json } = await pools.of(source, { threads, environment }).invoke({});
  expect(JSON.parse(json)).toMatchObject({ SEEN: 'hello ASIA', GREETING: 'hello, preloaded' });
});
