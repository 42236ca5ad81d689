/** Bundles of functions: contents, reproducibility, errors and the cache. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { BundleCache } from '../../constructs/bundle-cache';
import { type Bundle, type BundleOptions, bundleFunctions } from '../../constructs/bundle';

const ROOT = path.join(__dirname, '../..');
const ENTRY = 'examples/links/index.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'bundle-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function bundle(entry: string, options?: BundleOptions): Promise<Bundle> {
  const result = (await bundleFunctions([entry], options)).get(entry);
  if (!result) throw new Error(`${entry} was not bundled`);
  return result;
}

function write(name: string, content: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

test('the bytes of an archive do not depend on the folder, file times, umask, time zone or other entries', async () => {
  for (const name of ['constructs', 'examples', 'function', 'packages', 'tsconfig.json', 'package.json']) {
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  }
  linkPackages();
  utimesSync(path.join(folder, ENTRY), new Date(0), new Date(0));
  const script = `
    process.umask(0o077);
    const { createJiti } = require('jiti');
    const sources = new Map([['other.ts', 'export const handler = () => 1;']]);
    const { bundleFunctions } = createJiti(process.cwd() + '/x.ts')('./constructs/bundle.ts');
    bundleFunctions(['other.ts', process.argv[1]], { sources }).then((bundles) =>
      process.stdout.write(bundles.get(process.argv[1]).zip));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script, ENTRY], {
    cwd: folder,
    env: { ...process.env, TZ: 'Pacific/Auckland' },
    maxBuffer: 2 ** 24,
  });
  expect(stderr.toString()).toBe('');
  expect(Buffer.compare(stdout, (await bundle(ENTRY, { sourceMap: true })).zip)).toBe(0);
});

/** Links packages into the copied project: lean-dynamodb of the copy, and other packages of this project. */
function linkPackages(): void {
  mkdirSync(path.join(folder, 'node_modules'));
  const names = ['@aws-sdk', '@smithy', '@aws', '@babel', 'esbuild', 'fflate', 'jiti', 'lossless-json', 'tslib'];
  for (const name of names.filter((name) => existsSync(path.join(ROOT, 'node_modules', name)))) {
    symlinkSync(path.join(ROOT, 'node_modules', name), path.join(folder, 'node_modules', name));
  }
  symlinkSync(path.join(folder, 'packages/lean-dynamodb'), path.join(folder, 'node_modules/lean-dynamodb'));
}

test('the hash changes with the code, not with comments', async () => {
  const hashOf = async (source: string) => {
    write('index.ts', source);
    return (await bundle('index.ts', { root: folder })).hash;
  };
  const first = await hashOf('export const handler = () => 1;');
  expect(await hashOf('export const handler = () => 2;')).not.toBe(first);
  expect(await hashOf('/* a comment */ export const handler = () => 1;')).toBe(first);
});

test('the archive contains the minified code with all imports, and no absolute path', async () => {
  const { zip, code, sourceMap, hash } = await bundle(ENTRY, { sourceMap: true });
  expect(await bundle(ENTRY)).toMatchObject({ hash, sourceMap: undefined });
  expect(Object.keys(unzipSync(zip))).toEqual(['index.js']);
  const text = Buffer.from(code).toString();
  expect(text.includes(ROOT)).toBe(false);
  expect(text.split('\n').length).toBeLessThan(200);
  write('index.js', text);
  const { stdout, stderr } = spawnSync(process.execPath, ['-p', "typeof require('./index').handler"], {
    cwd: folder,
    encoding: 'utf8',
    env: { TABLE_NAMES: 'x', AWS_REGION: 'us-east-1', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  expect([stdout, stderr]).toEqual(['function\n', '']);
  expect(JSON.parse(Buffer.from(sourceMap ?? []).toString())).toMatchObject({ version: 3 });
});

test('the error of a build has file, line and column', async () => {
  write('broken.ts', 'export const handler = (;');
  await expect(bundle('broken.ts', { root: folder })).rejects.toThrow(/broken\.ts:1:24/);
});

describe('a cached bundle', () => {
  const code = async () => Buffer.from((await bundle('function/index.ts', { root: folder })).code).toString();

  beforeEach(async () => {
    write('function/index.ts', "import { a } from './lib';\nexport const handler = () => a;");
    write('function/lib/index.ts', "export { a } from './a';");
    write('function/lib/a.ts', "export const a = 'first';");
    await waitForFileTimes();
    expect(await code()).toContain('first');
  });

  /** Waits: the cache does not store a bundle when a file changed within 10 ms before the build. */
  const waitForFileTimes = () => new Promise((resolve) => setTimeout(resolve, 50));

  test('is used while no file changes, and rebuilt when it is damaged', async () => {
    const cache = path.join(folder, 'node_modules/.cache/function-bundles');
    const [name = ''] = readdirSync(cache);
    const file = path.join(cache, name);
    const [, content = ''] = readFileSync(file, 'utf8').replaceAll('first', 'from the cache').split('\n');
    writeFileSync(file, `${createHash('sha256').update(content).digest('base64url')}\n${content}`);
    expect(await code()).toContain('from the cache');
    for (const damaged of ['damaged', '{"value":{},"hashes":{}}', `\n{"value":{},"hashes":{}}`]) {
      writeFileSync(file, damaged);
      expect(await code()).toContain('first');
    }
  });

  test.each([
    [
      'another file content of the same length, with an old file time',
      'function/lib/a.ts',
      "export const a = 'other';",
    ],
    ['a new file that an import resolves to', 'function/lib.ts', "export const a = 'other';"],
  ])('is rebuilt after a change: %s', async (_description, name, text) => {
    write(name, text);
    utimesSync(path.join(folder, name), 1, 1);
    expect(await code()).toContain('other');
  });

  test('is rebuilt when tsconfig.json maps a name to another file', async () => {
    write('function/lib/a.ts', "export { a } from 'named';");
    write('node_modules/named/index.js', "exports.a = 'from the package';");
    await waitForFileTimes();
    expect(await code()).toContain('from the package');
    write('other.ts', "export const a = 'other';");
    write('tsconfig.json', '{"compilerOptions":{"paths":{"named":["./other"]}}}');
    expect(await code()).toContain('other');
  });

  describe('is rebuilt after a change of a configuration file', () => {
    const json = (name: string, content: object) => write(name, JSON.stringify(content));
    const paths = (file: string) => ({ compilerOptions: { paths: { named: [file] } } });

    /** Each case changes the file that the import of `named` resolves to, from the file `one` to the file `two`. */
    test.each<[string, (target: 'one' | 'two') => void]>([
      [
        'the base of a tsconfig.json, without extension',
        (target) => {
          json('tsconfig.json', { extends: './config/base' });
          json('config/base.json', paths(`../${target}.ts`));
        },
      ],
      [
        'a base of a base, in a list with a comment',
        (target) => {
          write('tsconfig.json', '{ /* a comment */ "extends": ["./middle.json"] }');
          json('middle.json', { extends: './base.json' });
          json('base.json', paths(`./${target}.ts`));
        },
      ],
      [
        'a base in a package',
        (target) => {
          json('tsconfig.json', { extends: 'config-package' });
          json('node_modules/config-package/tsconfig.json', paths(`../../${target}.ts`));
        },
      ],
      ['a tsconfig.json in a source folder', (target) => json('function/tsconfig.json', paths(`../${target}.ts`))],
      [
        'the package.json of a package',
        (target) => json('node_modules/named/package.json', { name: 'named', main: `${target}.js` }),
      ],
      [
        'the package.json of a workspace',
        (target) => {
          if (!existsSync(path.join(folder, 'packages'))) {
            rmSync(path.join(folder, 'node_modules/named'), { recursive: true });
            write('packages/named/src/one.ts', "export const a = 'one';");
            write('packages/named/src/two.ts', "export const a = 'two';");
            symlinkSync(path.join(folder, 'packages/named'), path.join(folder, 'node_modules/named'));
          }
          json('packages/named/package.json', { name: 'named', exports: `./src/${target}.ts` });
        },
      ],
    ])('%s', async (_description, configure) => {
      write('function/lib/a.ts', "export { a } from 'named';");
      for (const target of ['one', 'two']) {
        write(`${target}.ts`, `export const a = '${target}';`);
        write(`node_modules/named/${target}.js`, `exports.a = '${target}';`);
      }
      configure('one');
      await waitForFileTimes();
      expect(await code()).toContain('one');
      configure('two');
      expect(await code()).toContain('two');
    });
  });

  test('is not stored when a file changes during the build', () => {
    const cache = new BundleCache<string>(folder);
    const startedAt = Date.now();
    cache.write('before', 'value', ['function/lib/a.ts'], startedAt);
    expect(cache.read('before')).toBe('value');
    write('function/lib/a.ts', "export const a = 'second';");
    cache.write('during', 'value', ['function/lib/a.ts'], startedAt);
    expect(cache.read('during')).toBeUndefined();
  });
});
