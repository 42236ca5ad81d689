/** Bundles of earlier runs: taken only when a build would give the same. */
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundle } from '../../constructs/bundle';

let folder: string;
const before = process.env['SERVERLESS_CRUD_CACHE'];

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'bundle-cache-'));
  process.env['SERVERLESS_CRUD_CACHE'] = path.join(folder, 'kept');
  put('index.ts', "import { a } from './lib/a';\nexport const handler = () => a;");
  put('lib/a.ts', "export const a = 'first';");
  // Only files that are old enough are sure to be those that were built.
  await new Promise((resolve) => setTimeout(resolve, 2100));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
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

test('the second is the first, byte for byte, its map included', async () => {
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

test.each<[string, () => void]>([
  [
    'an imported file, of the same length and time',
    () => {
      put('lib/a.ts', "export const a = 'other';");
      utimesSync(path.join(folder, 'source/lib/a.ts'), 1, 1);
    },
  ],
  ['a file that comes before it', () => put('lib/a.tsx', "export const a = 'other';")],
  ['tsconfig.json of a folder above', () => put('tsconfig.json', '{"compilerOptions":{"paths":{"./lib/a":["./b"]}}}')],
])('%s: it is built anew', async (name, change) => {
  expect(await code()).toContain('first');
  if (name.startsWith('tsconfig')) put('b.ts', "export const a = 'other';");
  change();
  const changed = await code();
  rmSync(path.join(folder, 'kept'), { recursive: true });
  expect(changed).toBe(await code());
  if (!name.startsWith('tsconfig')) expect(changed).toContain('other');
});

test('damaged: it is built anew', async () => {
  const built = await code();
  for (const file of kept()) appendFileSync(file, 'x');
  expect(await code()).toBe(built);
});

test('a file that changed just now is not taken for what was built', async () => {
  put('lib/a.ts', "export const a = 'later';");
  await code();
  expect(() => kept()).toThrow('ENOENT');
});
