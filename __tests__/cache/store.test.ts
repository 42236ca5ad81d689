/** Results kept from run to run: read whole, or not at all. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { keyOf, Store } from '../../cache/store.cjs';

let folder: string;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'store-'));
  store = new Store('things', folder);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const key = keyOf('thing', 1);

test('what was written is read, and leaves nothing beside it', () => {
  expect(store.read(key)).toBeUndefined();
  store.write(key, 'content');
  expect(new Store('things', folder).read(key)?.toString()).toBe('content');
  expect(readdirSync(path.join(folder, 'things'))).toEqual([key]);
});

test.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, -1)],
  ['empty', () => Buffer.alloc(0)],
  ['changed', (bytes: Buffer) => Buffer.from(bytes.map((byte, index) => (index === 35 ? byte ^ 1 : byte)))],
])('a file that is %s counts as none, and is replaced', (_, damage) => {
  store.write(key, 'content');
  const file = path.join(folder, 'things', key);
  writeFileSync(file, damage(readFileSync(file)));
  expect(store.read(key)).toBeUndefined();
  store.write(key, 'content');
  expect(store.read(key)?.toString()).toBe('content');
});

test('where nothing can be written, nothing is kept, and nothing fails', () => {
  writeFileSync(path.join(folder, 'things'), 'a file in the place of the folder');
  store.write(key, 'content');
  expect(store.read(key)).toBeUndefined();
});

test('keys differ with each part, and with where one ends', () => {
  expect(new Set([keyOf('a', 'b'), keyOf('ab'), keyOf('a', 'b', ''), keyOf(['a', 'b'])]).size).toBe(4);
});

const HOUR = 3600e3;

/** Each writes in a process of its own, as far as the store is concerned. */
function writeAll(sizes: Readonly<Record<string, number>>, most: number): void {
  for (const [name, size] of Object.entries(sizes)) {
    new Store('things', folder, most).write(keyOf(name), 'x'.repeat(size - 32));
  }
}

const left = (names: readonly string[]) => names.filter((name) => store.read(keyOf(name)) !== undefined);

function usedBefore(name: string, hours: number): void {
  const time = new Date(Date.now() - hours * HOUR);
  utimesSync(path.join(folder, 'things', keyOf(name)), time, time);
}

test('what takes too much is halved, by bytes: what was used the longest ago goes', () => {
  writeAll({ a: 400, b: 300, c: 300 }, 1000);
  usedBefore('a', 30);
  usedBefore('b', 20);
  usedBefore('c', 10);
  expect(readdirSync(path.join(folder, 'things'))).toHaveLength(3);
  store.read(keyOf('a'));
  writeAll({ d: 100 }, 1000);
  expect(left(['a', 'b', 'c', 'd'])).toEqual(['a', 'd']);
});

test('what would take more than half is not kept, and the others stay', () => {
  const small = new Store('things', folder, 1000);
  small.write(key, 'content');
  small.write(keyOf('large'), 'x'.repeat(501));
  expect(readdirSync(path.join(folder, 'things'))).toEqual([key]);
});

test('many small results are no reason', () => {
  for (let count = 0; count < 1000; count += 1) store.write(keyOf(count), '');
  expect(readdirSync(path.join(folder, 'things'))).toHaveLength(1000);
});

test('also one process that writes much is seen', () => {
  const own = new Store('things', folder, 10_000);
  for (let count = 0; count < 202; count += 1) own.write(keyOf(count), 'x'.repeat(68));
  expect(readdirSync(path.join(folder, 'things')).length).toBeLessThan(102);
});
