/** The cache returns an entry only while all possible inputs of the app are unchanged. */
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ProjectFiles } from '../../src/source/project-files';
import { readFiles, SynthCache, type SynthEntry, writeFiles } from '../../src/source/synth-cache';

const ENVIRONMENT: NodeJS.ProcessEnv = { PATH: '/bin', THROTTLE_RATE: '10', SHLVL: '1', npm_lifecycle_event: 'start' };

let folder: string;
let root: string;
let cacheFolder: string;
let entry: SynthEntry;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'synth-cache-'));
  root = path.join(folder, 'project');
  cacheFolder = path.join(folder, 'cache');
  put('.gitignore', 'dist/\n*.log\n');
  put('main.js', 'synth();');
  put('stacks/items.js', 'items');
  put('cdktf.json', '{}');
  put('package-lock.json', '{}');
  put('node_modules/.package-lock.json', '{}');
  const out = path.join(folder, 'out');
  writeFiles(out, { 'manifest.json': 'e30=', 'stacks/items/code.zip': Buffer.from([0, 255, 128]).toString('base64') });
  entry = { files: readFiles(out), output: '', loaded: undefined };
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text: string): void {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const cache = () => new SynthCache(root, cacheFolder);

/** The cache key of a run that starts now. */
function keyNow({ command = 'node main.js', contextJson = '{}', environment = ENVIRONMENT } = {}) {
  const written = [path.join(root, 'out/outputs.json'), path.join(root, 'tables')];
  const snapshot = new ProjectFiles(root, written).snapshot();
  return cache().keyOf({ folder: root, command, contextJson }, environment, snapshot);
}

const writeEntry = () => cache().write(keyNow(), entry);
const isFound = (changed: Parameters<typeof keyNow>[0] = {}) => cache().read(keyNow(changed)) !== undefined;

test('returns the same bytes when nothing has changed', () => {
  expect(isFound()).toBe(false);
  writeEntry();
  const found = cache().read(keyNow());
  expect(found).toEqual(entry);
  const restored = path.join(folder, 'restored');
  writeFiles(restored, found?.files ?? {});
  expect(readFiles(restored)).toEqual(entry.files);
  expect(Object.keys(entry.files).sort()).toEqual(['manifest.json', path.join('stacks', 'items', 'code.zip')]);
});

test.each<[string, () => void]>([
  ['a changed source', () => put('stacks/items.js', 'other')],
  ['an added source', () => put('stacks/products.js', '')],
  ['a removed source', () => rmSync(path.join(root, 'stacks/items.js'))],
  ['a renamed source', () => renameSync(path.join(root, 'stacks/items.js'), path.join(root, 'stacks/things.js'))],
  ['a changed cdktf.json', () => put('cdktf.json', '{"context":{}}')],
  ['a changed package-lock.json', () => put('package-lock.json', '{"packages":{}}')],
  ['a change of the installed packages', () => put('node_modules/.package-lock.json', '{"packages":{}}')],
  ['a changed .gitignore', () => put('.gitignore', 'dist/\n')],
])('does not find the entry after %s', (_, change) => {
  writeEntry();
  expect(isFound()).toBe(true);
  change();
  expect(isFound()).toBe(false);
});

test('finds the entry after a change was reverted', () => {
  writeEntry();
  put('main.js', 'other();');
  expect(isFound()).toBe(false);
  put('main.js', 'synth();');
  expect(isFound()).toBe(true);
});

test('does not find the entry after a change of the command or the context', () => {
  writeEntry();
  expect(isFound({ command: 'node other.js' })).toBe(false);
  expect(isFound({ contextJson: '{"memoryMb":"512"}' })).toBe(false);
});

test('does not find the entry after a variable was changed, added or removed', () => {
  writeEntry();
  expect(isFound({ environment: { ...ENVIRONMENT, THROTTLE_RATE: '11' } })).toBe(false);
  expect(isFound({ environment: { ...ENVIRONMENT, NEW: '' } })).toBe(false);
  expect(isFound({ environment: { ...ENVIRONMENT, THROTTLE_RATE: undefined } })).toBe(false);
});

test.each(['.env', '.env.local', 'stacks/.env'])('does not find the entry after %s was changed', (name) => {
  put('.gitignore', '.env*\n');
  put(name, 'RATE=1');
  writeEntry();
  expect(isFound()).toBe(true);
  put(name, 'RATE=2');
  expect(isFound()).toBe(false);
});

test('ignores the variables of an SSH session, and no other SSH variables', () => {
  writeEntry();
  expect(isFound({ environment: { ...ENVIRONMENT, SSH_TTY: '/dev/pts/1', SSH_AUTH_SOCK: '/tmp/agent' } })).toBe(true);
  expect(isFound({ environment: { ...ENVIRONMENT, SSH_PORT: '22' } })).toBe(false);
});

test('ignores variables of the terminal, the shell and npm', () => {
  writeEntry();
  const volatile = { SHLVL: '2', npm_lifecycle_event: 'x', INIT_CWD: '/', TMUX_PANE: '%1', TERM_PROGRAM: 'vscode' };
  expect(isFound({ environment: { ...ENVIRONMENT, ...volatile } })).toBe(true);
});

test('ignores files that Git ignores, and files that tools and editors write', () => {
  writeEntry();
  for (const name of ['dist/a.js', 'debug.log', 'stacks/dist/b.js', 'cdktf.out/manifest.json', '.git/index'])
    put(name, 'x');
  for (const name of ['node_modules/package/index.js', 'terraform.items.tfstate', '.main.js.swp', 'main.js~'])
    put(name, 'x');
  expect(isFound()).toBe(true);
});

test('ignores the outputs file and the data folder of the run', () => {
  put('out/notes.txt', 'x');
  writeEntry();
  put('out/outputs.json', '{}');
  put('tables/000003.log', 'x');
  put('tables/CURRENT', 'x');
  expect(isFound()).toBe(true);
  put('out/notes.txt', 'y');
  expect(isFound()).toBe(false);
});

test('does not use a damaged entry', () => {
  writeEntry();
  const [name = ''] = readdirSync(cacheFolder);
  appendFileSync(path.join(cacheFolder, name), ' ');
  expect(isFound()).toBe(false);
  writeFileSync(path.join(cacheFolder, name), '');
  expect(isFound()).toBe(false);
  writeEntry();
  expect(isFound()).toBe(true);
});

test('keeps the 20 most recent entries', () => {
  for (let n = 0; n < 22; n += 1) cache().write(`key-${n}`, entry);
  expect(readdirSync(cacheFolder)).toHaveLength(20);
  expect(cache().read('key-21')).toEqual(entry);
});

test('ignores a cache folder that is not writable', () => {
  writeFileSync(cacheFolder, 'a file');
  writeEntry();
  expect(isFound()).toBe(false);
});
