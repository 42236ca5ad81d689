/** An entry and its imports are one file from an earlier run only for as long as each of them is the same. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { bundleOf } from '../../cache/bundle.cjs';

const ROOT = path.join(__dirname, '../..');

/** A file that changed within so many ms before is not trusted. */
const COARSE_MS = 2100;

let project: string;

beforeEach(() => {
  project = mkdtempSync(path.join(os.tmpdir(), 'a bundle (of it) '));
  cpSync(path.join(ROOT, 'cache'), path.join(project, 'cache'), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(project, 'node_modules'));
  put('tsconfig.json', '{}');
  put('package.json', '{}');
  put(
    'local/cli.ts',
    `import { ROOT } from '../cache/store.cjs';
import { word } from './deep/word';
type Unused = string;
console.log(JSON.stringify([word(ROOT), Object.keys(require.cache).some((file) => file.includes('esbuild/lib'))]));`,
  );
  put(
    'local/deep/word.ts',
    `import path from 'node:path';
import * as store from '../../cache/store.cjs';
interface Long {
  readonly word: string;
}
export function word(root: string): string {
  if (root !== store.ROOT || process.env['FAIL']) throw new Error('Failed to find a word');
  if (process.env['FAIL_NODE']) path.basename(5 as never);
  return path.basename('/some/word');
}`,
  );
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function put(name: string, text: string): void {
  const file = path.join(project, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Its word, and whether it was built. */
function run(variables: NodeJS.ProcessEnv = {}): [word: string, built: boolean] {
  const { stdout, stderr } = spawnSync(process.execPath, ['-r', './cache/bundled.cjs', 'local/cli.ts'], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, SERVERLESS_CRUD_CACHE: path.join(project, 'kept'), ...variables },
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as [string, boolean];
}

test('what is settled is built once', async () => {
  await setTimeout(COARSE_MS);
  expect(run()).toEqual(['word', true]);
  expect(run()).toEqual(['word', false]);
  // Of the same size.
  put('local/deep/word.ts', "export const word = (root: string) => 'WORD';");
  expect(run()).toEqual(['WORD', true]);
  await setTimeout(COARSE_MS);
  expect([run(), run()]).toEqual([
    ['WORD', true],
    ['WORD', false],
  ]);
  put('tsconfig.json', '{ "compilerOptions": {} }');
  expect(run()).toEqual(['WORD', true]);
  rmSync(path.join(project, 'local/deep/word.ts'));
  expect(run).toThrow(/Could not resolve.*deep\/word/);
});

test('what was just saved may be saved again within a tick of the clock, and is not kept, whatever its time says', () => {
  const old = new Date('2020-01-01');
  for (const name of ['cli.ts', 'deep/word.ts']) utimesSync(path.join(project, 'local', name), old, old);
  expect([run(), run()]).toEqual([
    ['word', true],
    ['word', true],
  ]);
});

test('what is damaged is built again', async () => {
  await setTimeout(COARSE_MS);
  run();
  for (const name of readdirSync(path.join(project, 'kept/local-run'))) put(`kept/local-run/${name}`, 'damaged');
  expect([run(), run()]).toEqual([
    ['word', true],
    ['word', false],
  ]);
});

test('stacks name lines of the TypeScript, from the first run and from a kept one', async () => {
  await setTimeout(COARSE_MS);
  const inLines = /Error: Failed to find a word\n +at word \(.*local\/deep\/word\.ts:7:\d+\)\n.*local\/cli\.ts:4:\d+/;
  expect(() => run({ FAIL: 'yes' })).toThrow(inLines);
  expect(run()).toEqual(['word', false]);
  expect(() => run({ FAIL: 'yes' })).toThrow(inLines);
  expect(() => run({ FAIL_NODE: 'yes' })).toThrow(
    /\nTypeError \[ERR_INVALID_ARG_TYPE\]: The "path" argument .*\n( +at .*\n)*? +at word \(.*word\.ts:8:\d+\)/,
  );
});

test('threads run where nothing of cache/ would be found, and use nothing of it', () => {
  for (const entry of ['dynamodb-worker.ts', 'lambda/runtime/bootstrap.ts', 'watch/app-preload.ts']) {
    expect(bundleOf(path.join(ROOT, 'local', entry))).not.toMatch(/require\("[^"]*cache\//);
  }
});

test('code that does not build: what esbuild says of it, and nothing else', () => {
  put('local/deep/word.ts', 'export const word = ;');
  expect(run).toThrow(/^✘ \[ERROR\] Unexpected ";"\n\n +local\/deep\/word\.ts:1:20:\n.*\n.*\^\n\s*$/);
});
