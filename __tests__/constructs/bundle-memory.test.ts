import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as store from '../../cache/store.cjs';
import { bundle } from '../../constructs/bundle';
import { BundleMemory } from '../../constructs/bundle-memory';
import { ROOT } from '../support/local-run';

jest.mock('../../cache/store.cjs', () => {
  const actual = jest.requireActual<typeof store>('../../cache/store.cjs');
  return { ...actual, statOf: jest.fn(actual.statOf) };
});

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'memory-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A file that was written a while ago. */
function file(name: string, content = ''): string {
  const at = path.join(folder, name);
  mkdirSync(path.dirname(at), { recursive: true });
  writeFileSync(at, content);
  for (const old of [at, path.dirname(at)]) utimesSync(old, new Date(1e12), new Date(1e12));
  return at;
}

test('a value is recalled until one of its files, or of the settings above them, changes', () => {
  const memory = new BundleMemory<string>();
  const source = file('src/a.ts');
  const keep = () => memory.keep('x', 'value', [source], Date.now() + 1000);
  keep();
  expect(memory.recall('x')).toBe('value');
  for (const change of [
    () => writeFileSync(source, 'other'),
    // An import may find this one first.
    () => writeFileSync(path.join(folder, 'src/b.ts'), ''),
    () => writeFileSync(path.join(folder, 'tsconfig.json'), '{}'),
    () => writeFileSync(path.join(folder, 'src/base.json'), '{ }'),
    () => writeFileSync(path.join(folder, 'src.ts'), ''),
    () => rmSync(source),
  ]) {
    rmSync(folder, { recursive: true });
    file('src/base.json', '{}');
    file('src/tsconfig.json', '{"extends":"./base"}');
    file('src/a.ts');
    keep();
    expect(memory.recall('x')).toBe('value');
    change();
    expect(memory.recall('x')).toBeUndefined();
    expect(memory.changed('y')).toContain('x');
  }
  memory.forget(['x']);
  expect(memory.changed('y')).not.toContain('x');
});

test('what changed while the value was made is not recalled', () => {
  const memory = new BundleMemory<string>();
  const source = file('a.ts');
  const began = Date.now();
  writeFileSync(source, 'changed after it was read');
  memory.keep('z', 'value', [source], began);
  expect(memory.recall('z')).toBeUndefined();
  expect(memory.latest('z')).toBe('value');
});

test('nor what was written elsewhere before, and moved there meanwhile', async () => {
  const memory = new BundleMemory<string>();
  const source = file('a.ts');
  const other = file('b.ts', 'moved after it was read');
  await setTimeout(20);
  const began = Date.now();
  await setTimeout(20);
  renameSync(other, source);
  // As it was: a folder's time would tell as well.
  utimesSync(folder, new Date(1e12), new Date(1e12));
  memory.keep('z', 'value', [source], began);
  expect(memory.recall('z')).toBeUndefined();
});

test('nor what changes while it is found out whether anything has', () => {
  const memory = new BundleMemory<string>();
  const source = file('a.ts');
  const { statOf } = jest.requireActual<typeof store>('../../cache/store.cjs');
  let looks = 0;
  jest.mocked(store.statOf).mockImplementation((name) => {
    const stats = statOf(name);
    if (name === source && (looks += 1) === 1) writeFileSync(source, 'changed');
    return stats;
  });
  memory.keep('z', 'value', [source], Date.now() + 1000);
  jest.mocked(store.statOf).mockImplementation(statOf);
  expect(looks).toBeGreaterThan(0);
  expect(memory.recall('z')).toBeUndefined();
});

test('what a run did not ask for is forgotten at the next, unless it failed or came to none', () => {
  const source = file('a.ts');
  const run = (asked: readonly string[], failed = false): string[] => {
    const memory = new BundleMemory<string>();
    const known = ['p', 'q', 'r'].filter((name) => memory.latest(name) !== undefined);
    for (const name of asked) {
      memory.ask(name);
      memory.keep(name, 'value', [source], Date.now() + 1000);
    }
    if (failed) memory.askAll();
    return known;
  };
  run(['p', 'q', 'r']);
  expect(run([])).toEqual(['p', 'q', 'r']);
  expect(run(['p'], true)).toEqual(['p', 'q', 'r']);
  expect(run(['p', 'r'])).toEqual(['p', 'q', 'r']);
  expect(run(['p'])).toEqual(['p', 'r']);
  expect(run(['p'])).toEqual(['p']);
});

test('a function that no run asks for any more is not built again', () => {
  process.env['BUNDLE_INCREMENTAL'] = '1';
  try {
    const gone = file('gone/index.ts', 'export const handler = () => 1;');
    const stays = file('stays/index.ts', 'export const handler = () => 1;');
    const run = (entries: readonly string[]) => {
      jest.isolateModules(() => {
        const { bundle: own } = jest.requireActual<{ bundle: typeof bundle }>('../../constructs/bundle');
        for (const entry of entries) own(entry, { sdk: 'stock' });
      });
      const memory = (globalThis as never)[Symbol.for('serverless-crud.bundle-memory')] as {
        known: Map<string, unknown>;
      };
      return [...memory.known.keys()].filter((name) => name.includes(folder)).length;
    };
    expect(run([gone, stays])).toBe(2);
    expect(run([stays])).toBe(2);
    expect(run([stays])).toBe(1);
  } finally {
    delete process.env['BUNDLE_INCREMENTAL'];
  }
});

test('incremental builds give the same bytes as others, and esbuild’s message where they fail', () => {
  process.env['BUNDLE_INCREMENTAL'] = '1';
  try {
    const entry = path.join(ROOT, 'function/items/index.ts');
    expect(bundle(entry).hash).toBe(bundle(entry, { sourceMap: true }).hash);
    const own = path.join(folder, 'index.ts');
    for (const source of ['export const handler = () => 1;', 'export const handler = () => 2;']) {
      writeFileSync(own, source);
      expect(bundle(own).hash).toBe(bundle(own, { sourceMap: true }).hash);
    }
    writeFileSync(own, 'const x = ;');
    expect(() => bundle(own)).toThrow(/index\.ts:1:10: ERROR: Unexpected ";"/);
    writeFileSync(own, 'export const handler = () => 3;');
    expect(bundle(own).hash).toBe(bundle(own, { sourceMap: true }).hash);
  } finally {
    delete process.env['BUNDLE_INCREMENTAL'];
  }
});
