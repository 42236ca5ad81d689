/** Results kept from run to run: read whole, or not at all. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

test('what has become too much is halved', () => {
  for (let count = 0; count < 501; count += 1) store.write(keyOf(count), '');
  expect(readdirSync(path.join(folder, 'things'))).toHaveLength(251);
});
