import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { bundle } from '../../constructs/bundle';
import { ROOT } from '../support/local-run';

const ENTRY = 'function/items/index.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'bundle-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the same sources give the same bytes in another folder, at another time, with another umask and time zone', () => {
  for (const name of ['constructs', 'cache', 'function', 'tsconfig.json', 'package.json']) {
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  utimesSync(path.join(folder, ENTRY), new Date(0), new Date(0));
  const script = `
    process.umask(0o077);
    const { bundle } = require('./constructs/bundle');
    process.stdout.write(bundle(process.argv[1]).zip);
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['-r', 'tsx/cjs', '-e', script, path.join(folder, ENTRY)], {
    cwd: folder,
    env: { ...process.env, TZ: 'Pacific/Auckland' },
    maxBuffer: 2 ** 24,
  });
  expect(stderr.toString()).toBe('');
  const here = bundle(path.join(ROOT, ENTRY)).zip;
  expect(Buffer.compare(stdout, here)).toBe(0);
});

test('the hash follows the content', () => {
  const entry = path.join(folder, 'index.ts');
  const hashOf = (source: string) => {
    writeFileSync(entry, source);
    return bundle(entry).hash;
  };
  const first = hashOf('export const handler = () => 1;');
  expect(hashOf('export const handler = () => 2;')).not.toBe(first);
  expect(hashOf('/* a comment is no code */ export const handler = () => 1;')).toBe(first);
});

test('the archive has the minified code, and nothing that it would have to look for elsewhere', () => {
  const { zip, code, sourceMap, hash } = bundle(path.join(ROOT, ENTRY), { sourceMap: true });
  expect(bundle(path.join(ROOT, ENTRY))).toMatchObject({ hash, sourceMap: undefined });
  expect(Object.keys(unzipSync(zip))).toEqual(['index.js']);
  const text = Buffer.from(code).toString();
  expect(text.includes(ROOT)).toBe(false);
  expect(text.split('\n').length).toBeLessThan(200);
  writeFileSync(path.join(folder, 'index.js'), code);
  const { stdout, stderr } = spawnSync(process.execPath, ['-p', "typeof require('./index').handler"], {
    cwd: folder,
    encoding: 'utf8',
    env: { TABLE_NAMES: 'x', AWS_REGION: 'us-east-1', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  expect([stdout, stderr]).toEqual(['function\n', '']);
  expect(JSON.parse(Buffer.from(sourceMap ?? []).toString())).toMatchObject({ version: 3 });
});

test('an entry that does not build is named, with the line', () => {
  const entry = path.join(folder, 'broken.ts');
  writeFileSync(entry, 'export const handler = (;');
  expect(() => bundle(entry)).toThrow(/broken\.ts:1:24/);
});
