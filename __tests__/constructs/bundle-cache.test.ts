/** Bundles of earlier runs: taken only when a build would give the same. */
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { bundle } from '../../constructs/bundle';
import { cached } from '../../constructs/bundle-cache';

let folder: string;
const before = process.env['SERVERLESS_CRUD_CACHE'];

const scenes: { readonly prepare: () => void; folder: string }[] = [];

/**
 * A folder of sources for a test: those of all tests are made at the beginning, as only files that are old enough are sure to be
 * those that were built.
 * @returns what goes into it
 */
function scene(prepare: () => void = () => undefined): () => void {
  const made = { prepare, folder: '' };
  scenes.push(made);
  return () => {
    folder = made.folder;
    process.env['SERVERLESS_CRUD_CACHE'] = path.join(folder, 'kept');
  };
}

beforeAll(async () => {
  for (const made of scenes) {
    made.folder = folder = mkdtempSync(path.join(os.tmpdir(), 'bundle-cache-'));
    put('index.ts', "import { a } from './lib/a';\nexport const handler = () => a;");
    put('lib/a.ts', "export const a = 'first';");
    made.prepare();
  }
  await setTimeout(2100);
});

afterAll(() => {
  for (const made of scenes) rmSync(made.folder, { recursive: true, force: true });
});

afterEach(() => {
  if (before === undefined) delete process.env['SERVERLESS_CRUD_CACHE'];
  else process.env['SERVERLESS_CRUD_CACHE'] = before;
});

function put(name: string, text: string): void {
  const file = path.join(folder, 'source', name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** In a turn of its own, as a run is. */
async function code(): Promise<string> {
  await Promise.resolve();
  return Buffer.from(bundle(path.join(folder, 'source/index.ts'), { sdk: 'stock' }).code).toString();
}

const kept = () =>
  readdirSync(path.join(folder, 'kept/bundles')).map((name) => path.join(folder, 'kept/bundles', name));

const twice = scene();

test('the second is the first, byte for byte, its map included', async () => {
  twice();
  const entry = path.join(folder, 'source/index.ts');
  const built = bundle(entry, { sdk: 'stock', sourceMap: true });
  expect(kept()).toHaveLength(1);
  await Promise.resolve();
  const again = bundle(entry, { sdk: 'stock', sourceMap: true });
  for (const part of ['code', 'zip', 'sourceMap'] as const) {
    expect(Buffer.from(again[part] ?? []).equals(Buffer.from(built[part] ?? []))).toBe(true);
  }
  expect(again.hash).toBe(built.hash);
});

const OTHER = "export const a = 'other';";
const PATHS = JSON.stringify({ compilerOptions: { paths: { named: ['./b'] } } });

/** What a bare name gives is what tsconfig.json says, before it is a package. */
function importByName(): void {
  put('index.ts', "import { a } from 'named';\nexport const handler = () => a;");
  put('node_modules/named/index.js', "exports.a = 'first';");
  put('b.ts', OTHER);
}

type Case = readonly [what: string, prepare: () => void, change: () => void];

test.each(
  (
    [
      [
        'an imported file, of the same length and time',
        () => undefined,
        () => {
          put('lib/a.ts', OTHER);
          utimesSync(path.join(folder, 'source/lib/a.ts'), 1, 1);
        },
      ],
      ['a file that comes before it', () => undefined, () => put('lib/a.tsx', OTHER)],
      [
        'a file that comes before the folder of an index.ts',
        () => {
          put('index.ts', "import { a } from './function';\nexport const handler = () => a;");
          put('function/index.ts', "export { a } from '../shared/lib';");
          put('shared/lib/index.ts', "export const a = 'first';");
        },
        () => put('shared/lib.ts', OTHER),
      ],
      [
        'package.json of a folder, which names another file',
        () => {
          put('index.ts', "import { a } from './lib';\nexport const handler = () => a;");
          put('lib/index.ts', "export const a = 'first';");
          put('other/a.ts', OTHER);
        },
        () => put('lib/package.json', '{"main":"../other/a.ts"}'),
      ],
      ['tsconfig.json that comes', importByName, () => put('tsconfig.json', PATHS)],
      ['jsconfig.json that comes', importByName, () => put('jsconfig.json', PATHS)],
      [
        'what tsconfig.json extends',
        () => {
          importByName();
          put('tsconfig.json', '{ /* ours */ "extends": "./configs/base", }');
          put('configs/base.json', '{}');
        },
        () => put('configs/base.json', PATHS.replace('./b', '../b')),
      ],
      [
        'what that extends, of a package',
        () => {
          importByName();
          put('tsconfig.json', '{"extends":["./base.json"]}');
          put('base.json', '{"extends":"configs/base.json"}');
          put('node_modules/configs/base.json', '{}');
        },
        () => put('node_modules/configs/base.json', PATHS.replace('./b', '../../b')),
      ],
    ] as readonly Case[]
  ).map(([what, prepare, change]) => [what, scene(prepare), change] as const),
)('%s: it is built anew', async (_, enter, change) => {
  enter();
  expect(await code()).toContain('first');
  expect(kept()).toHaveLength(1);
  change();
  expect(await code()).toContain('other');
});

const mapped = scene(() => {
  importByName();
  put('tsconfig.json', '{"extends":"./base.json"}');
  put('base.json', PATHS.replace('./b', './c/b","./b'));
});

test('where tsconfig.json maps names, of which a file anywhere may change the meaning, nothing is kept', async () => {
  mapped();
  expect(await code()).toContain('other');
  put('c/b.ts', "export const a = 'third';");
  expect(await code()).toContain('third');
});

test.each(
  (
    [
      ['tsconfig.json comes', importByName, () => put('tsconfig.json', PATHS)],
      [
        'tsconfig.json goes',
        () => {
          importByName();
          put('tsconfig.json', '{}');
        },
        () => rmSync(path.join(folder, 'source/tsconfig.json')),
      ],
      ['package.json of an imported folder comes', () => undefined, () => put('lib/package.json', '{}')],
    ] as readonly Case[]
  ).map(([what, prepare, during]) => [what, scene(prepare), during] as const),
)('%s during a build: it is not kept', (_, enter, during) => {
  enter();
  const entry = path.join(folder, 'source/index.ts');
  cached(entry, 'a build', () => {
    const built = bundle(entry, { sdk: 'stock' });
    rmSync(path.join(folder, 'kept'), { recursive: true });
    during();
    return built;
  });
  expect(() => kept()).toThrow('ENOENT');
});

const damaged = scene();

test('damaged: it is built anew', async () => {
  damaged();
  const built = await code();
  for (const file of kept()) appendFileSync(file, 'x');
  expect(await code()).toBe(built);
});

const justNow = scene();

test('a file that changed just now is not taken for what was built', async () => {
  justNow();
  put('lib/a.ts', "export const a = 'later';");
  await code();
  expect(() => kept()).toThrow('ENOENT');
});

const oneTurn = scene(() => put('other.ts', "import { a } from './lib/a';\nexport const handler = () => [a];"));

test('a file that is saved between two bundles of a turn is seen by the next turn of the process', async () => {
  oneTurn();
  const both = (between: () => void = () => undefined) => {
    bundle(path.join(folder, 'source/index.ts'), { sdk: 'stock' });
    between();
    return Buffer.from(bundle(path.join(folder, 'source/other.ts'), { sdk: 'stock' }).code).toString();
  };
  both();
  await setTimeout(10);
  process.env['BUNDLE_INCREMENTAL'] = '1';
  try {
    const save = () => {
      put('lib/a.ts', "export const a = 'second';");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    };
    expect(both(save)).toContain('first');
    await setTimeout(10);
    expect(both()).toContain('second');
  } finally {
    delete process.env['BUNDLE_INCREMENTAL'];
  }
});
