/** What an earlier synth wrote is taken when nothing has changed, and only then. */
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Inputs, SynthCache } from '../../src/source/synth-cache';
import { ROOT } from '../../../../__tests__/support/local-run';

let folder: string;
let project: string;
let kept: string;
let used: string;
/** Inputs that the project's own list of files does not have. */
let elsewhere: string[];

const ENVIRONMENT = { PATH: '/bin', THROTTLE_RATE: '10', SHLVL: '1', npm_lifecycle_event: 'start' };

/** Of a time when all files of the project had been there for long. */
const LATER = Date.now() + 60_000;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'synth-cache-'));
  project = path.join(folder, 'project');
  kept = path.join(folder, 'kept');
  used = put('node_modules/package/index.js', 'module.exports = 1;');
  elsewhere = ['../shared/contract/index.ts', 'function/dist/a.ts', 'dist/made.ts'].map((name) =>
    put(name, 'export {};'),
  );
  put('main.ts', 'synth();');
  put('stacks/one.ts', 'one');
  put('cdktf.json', '{}');
  put('package-lock.json', '{}');
  symlinkSync('stacks', path.join(project, 'current'));
  put('node_modules/.package-lock.json', '{}');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text: string): string {
  const file = path.join(project, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const cache = (environment: NodeJS.ProcessEnv = ENVIRONMENT) => new SynthCache(environment, project, kept);

function keep(variables: Inputs['variables'] = null): void {
  const out = path.join(folder, 'out');
  mkdirSync(path.join(out, 'stacks/one'), { recursive: true });
  writeFileSync(path.join(out, 'manifest.json'), 'manifest');
  writeFileSync(path.join(out, 'stacks/one/code.zip'), Buffer.from([0, 255, 128]));
  cache().keep(out, { files: [used, path.join(project, 'main.ts'), ...elsewhere], variables }, LATER);
}

function restored(environment?: NodeJS.ProcessEnv): boolean {
  return cache(environment).restore(path.join(folder, 'restored'));
}

test('nothing has changed: the same files, byte for byte', () => {
  expect(restored()).toBe(false);
  keep();
  expect(restored()).toBe(true);
  expect(readFileSync(path.join(folder, 'restored/manifest.json'), 'utf8')).toBe('manifest');
  expect([...readFileSync(path.join(folder, 'restored/stacks/one/code.zip'))]).toEqual([0, 255, 128]);
});

test.each<[string, () => void]>([
  ['a source', () => put('stacks/one.ts', 'two')],
  [
    'a source, of the same length and time',
    () => {
      put('stacks/one.ts', 'two');
      utimesSync(path.join(project, 'stacks/one.ts'), 1, 1);
    },
  ],
  ['a new file', () => put('stacks/two.ts', '')],
  ['a file that is gone', () => rmSync(path.join(project, 'stacks/one.ts'))],
  ['another name', () => renameSync(path.join(project, 'stacks/one.ts'), path.join(project, 'stacks/uno.ts'))],
  [
    'a link to another folder',
    () => {
      rmSync(path.join(project, 'current'));
      symlinkSync('function', path.join(project, 'current'));
    },
  ],
  ['cdktf.json', () => put('cdktf.json', '{"context":{}}')],
  ['the lock file', () => put('package-lock.json', '{"packages":{}}')],
  ['what is installed', () => put('node_modules/.package-lock.json', '{"packages":{}}')],
  ['a package, edited in place', () => appendFileSync(used, ' ')],
  ['a package that is gone', () => rmSync(used)],
  ['a file beside the project', () => put('../shared/contract/index.ts', 'two')],
  ['a file beside the project that is gone', () => rmSync(path.join(folder, 'shared/contract/index.ts'))],
  ['a file that would be found in its place', () => put('../shared/contract/index.js', '')],
  ['a file that would be found in the place of its folder', () => put('../shared/contract.ts', '')],
  ['a source in a folder called dist', () => put('function/dist/a.ts', 'two')],
  ['a new file in a folder called dist, below another', () => put('function/dist/b.ts', '')],
  ['a file in a folder that commands write to, if it was used', () => put('dist/made.ts', 'two')],
])('%s makes it synthesize', (_, change) => {
  keep();
  expect(restored()).toBe(true);
  change();
  expect(restored()).toBe(false);
});

test('what synth wrote of a save that was undone before its end is not kept', async () => {
  const main = put('main.ts', 'synth();');
  const used = put('stacks/one.ts', 'one');
  const out = path.join(folder, 'out');
  mkdirSync(out);
  const run = async (during: () => void) => {
    await setTimeout(50);
    const one = cache();
    const began = Date.now();
    await setTimeout(50);
    during();
    one.keep(out, { files: [main, used], variables: null }, began);
  };
  await run(() => {
    put('stacks/one.ts', 'two');
    put('stacks/one.ts', 'one');
  });
  expect(restored()).toBe(false);
  // What the app writes itself, and what has a time that lies ahead, is no such save.
  const tomorrow = Date.now() / 1000 + 86_400;
  utimesSync(main, tomorrow, tomorrow);
  await run(() => put('stacks/written.json', '{}'));
  await run(() => put('stacks/written.json', '{}'));
  expect(restored()).toBe(true);
});

test('a variable that a setting may read makes it synthesize; those of the shell and of npm do not', () => {
  keep();
  expect(restored({ ...ENVIRONMENT, THROTTLE_RATE: '11' })).toBe(false);
  expect(restored({ ...ENVIRONMENT, NEW: '' })).toBe(false);
  const elsewhere = { SHLVL: '2', npm_lifecycle_event: 'x', INIT_CWD: '/', TMUX_PANE: '%1', TERM_PROGRAM: 'vscode' };
  expect(restored({ ...ENVIRONMENT, ...elsewhere })).toBe(true);
});

test('where the app says which variables it read, only those count', () => {
  keep(['THROTTLE_RATE', 'ABSENT', 'npm_config_x', 'toString']);
  const rotating = {
    TMUX_PANE: '%2',
    XDG_SESSION_ID: '7',
    AWS_SESSION_TOKEN: 'another',
    SHLVL: '2',
    CDKTF_OUTDIR: '/x',
  };
  expect(restored({ ...ENVIRONMENT, ...rotating })).toBe(true);
  for (const change of [{ THROTTLE_RATE: '11' }, { THROTTLE_RATE: undefined }, { ABSENT: '' }, { npm_config_x: '1' }]) {
    const changed = Object.entries({ ...ENVIRONMENT, ...change }).filter(([, value]) => value !== undefined);
    expect(restored(Object.fromEntries(changed))).toBe(false);
  }
  // Node.js itself reads these.
  for (const name of ['NODE_OPTIONS', 'TZ', 'PATH', 'LC_ALL'])
    expect(restored({ ...ENVIRONMENT, [name]: 'x' })).toBe(false);
});

test('what was kept of several environments is each found', () => {
  keep();
  keep(['THROTTLE_RATE']);
  keep(['THROTTLE_RATE', 'OTHER']);
  expect(restored()).toBe(true);
  expect(restored({ ...ENVIRONMENT, OTHER: '1' })).toBe(true);
  expect(restored({ ...ENVIRONMENT, THROTTLE_RATE: '1' })).toBe(false);
});

test('the tables of a local run are no sources, wherever they are', () => {
  for (const name of ['CURRENT', 'LOCK', 'LOG', 'MANIFEST-000002']) put(`tables/${name}`, '');
  keep();
  put('tables/000003.log', 'x');
  put('tables/CURRENT', 'MANIFEST-000004');
  expect(restored()).toBe(true);
  put('tables/settings.ts', '');
  expect(restored()).toBe(false);
});

test('a large file that changes makes it synthesize', () => {
  const large = put('large', 'x'.repeat(2 ** 20 + 1));
  keep();
  expect(restored()).toBe(true);
  appendFileSync(large, 'x');
  expect(restored()).toBe(false);
});

test('what no synth reads changes nothing', () => {
  keep();
  for (const name of ['__tests__/x.ts', '.data/table', 'cdktf.out/x', '.git/index', 'outputs.json', 'docs/x.md'])
    put(name, 'x');
  expect(restored()).toBe(true);
});

test('a synth during which something changed is not kept', () => {
  const before = cache();
  put('stacks/one.ts', 'two');
  const out = path.join(folder, 'out');
  mkdirSync(out);
  before.keep(out, { files: [used], variables: null }, LATER);
  expect(restored()).toBe(false);
  cache().keep(out, { files: [used], variables: null }, Date.now());
  expect(restored()).toBe(false);
});

test('an app that does not say what it used is synthesized each time', () => {
  const out = path.join(folder, 'out');
  mkdirSync(out);
  cache().keep(out, { files: [], variables: null }, LATER);
  expect(restored()).toBe(false);
});

test('a damaged entry is ignored', () => {
  keep();
  const [name = ''] = readdirSync(path.join(kept, 'synth'));
  appendFileSync(path.join(kept, 'synth', name), 'x');
  expect(restored()).toBe(false);
});

test('the folders that are left out are those that git ignores', () => {
  const ignored = readFileSync(path.join(ROOT, '.gitignore'), 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('/'));
  elsewhere = [];
  keep();
  for (const name of ignored) put(`${name}x.ts`, 'x');
  expect(restored()).toBe(true);
});
