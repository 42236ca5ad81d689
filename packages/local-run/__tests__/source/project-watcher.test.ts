/** Real file events: each change causes a report, and ignored files cause none. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { changedFiles, ProjectFiles, type ProjectSnapshot } from '../../src/source/project-files';
import { ProjectWatcher } from '../../src/source/project-watcher';

/** Longer than an event takes to arrive, and longer than the watcher waits for further events. */
const QUIET_MS = 400;

let root: string;
let project: ProjectFiles;
let watcher: ProjectWatcher;
let snapshot: ProjectSnapshot;
let begins: number;
let ends: number;
let faults: string[];
let onEnd: () => void;

beforeEach(async () => {
  root = mkdtempSync(path.join(os.tmpdir(), 'watcher-'));
  put('.gitignore', 'dist/\n*.log\n');
  put('main.js', 'one');
  put('stacks/items.js', 'items');
  mkdirSync(path.join(root, 'node_modules'));
  project = new ProjectFiles(root, [path.join(root, 'outputs.json')]);
  snapshot = project.snapshot();
  [begins, ends, faults, onEnd] = [0, 0, [], () => undefined];
  watcher = new ProjectWatcher({
    project,
    onBegin: () => (begins += 1),
    onEnd: () => {
      ends += 1;
      onEnd();
    },
    onFault: (text) => faults.push(text),
  });
  await watcher.ready();
});

afterEach(async () => {
  await watcher.close();
  rmSync(root, { recursive: true, force: true });
  expect(faults).toEqual([]);
});

function put(name: string, text: string): void {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Changes files, and waits until the watcher reports the change. @returns the files that differ */
async function changesAfter(change: () => void): Promise<string[]> {
  const before = snapshot;
  const reported = new Promise<void>((resolve) => (onEnd = resolve));
  change();
  await reported;
  snapshot = project.snapshot();
  return changedFiles(before, snapshot);
}

test('reports a saved file', async () => {
  expect(await changesAfter(() => put('main.js', 'two'))).toEqual(['main.js']);
  expect(begins).toBeGreaterThan(0);
});

test('reports each of several saves of the same file', async () => {
  for (const text of ['two', 'three', 'four']) {
    expect(await changesAfter(() => put('stacks/items.js', text))).toEqual([path.join('stacks', 'items.js')]);
    await setTimeout(QUIET_MS);
  }
});

test('reports each replacement of a file by a renamed file', async () => {
  for (const text of ['two', 'three']) {
    const replaced = await changesAfter(() => {
      put('.main.js.tmp', text);
      renameSync(path.join(root, '.main.js.tmp'), path.join(root, 'main.js'));
    });
    expect(replaced).toEqual(['main.js']);
    await setTimeout(QUIET_MS);
  }
});

test('reports several files that are saved together', async () => {
  const changed = await changesAfter(() => {
    put('main.js', '');
    put('main.js', 'two');
    put('stacks/items.js', 'other');
  });
  expect(changed).toEqual(['main.js', path.join('stacks', 'items.js')]);
});

// The events of one save can arrive further apart on a busy machine. Then there are two reports, and the second is spurious.
test('reports events that arrive together once', async () => {
  await changesAfter(() => {
    for (let event = 0; event < 5; event += 1) watcher.recordEvent();
  });
  await setTimeout(QUIET_MS);
  expect([begins, ends]).toEqual([1, 1]);
});

test('reports files of a new folder and their later changes', async () => {
  const file = path.join('new', 'deep', 'word.js');
  expect(await changesAfter(() => put('new/deep/word.js', 'one'))).toEqual([file]);
  await setTimeout(QUIET_MS);
  expect(await changesAfter(() => put('new/deep/word.js', 'two'))).toEqual([file]);
});

test('reports removed files and folders', async () => {
  expect(await changesAfter(() => rmSync(path.join(root, 'main.js')))).toEqual(['main.js']);
  await setTimeout(QUIET_MS);
  const removed = await changesAfter(() => rmSync(path.join(root, 'stacks'), { recursive: true }));
  expect(removed).toEqual([path.join('stacks', 'items.js')]);
});

test('does not report ignored files', async () => {
  for (const name of ['dist/a.js', 'debug.log', 'stacks/dist/b.js', 'cdktf.out/manifest.json', 'outputs.json'])
    put(name, 'x');
  for (const name of ['node_modules/package/index.js', 'terraform.items.tfstate', '.main.js.swp', 'main.js~'])
    put(name, 'x');
  await setTimeout(QUIET_MS);
  expect(changedFiles(snapshot, project.snapshot())).toEqual([]);
  expect([begins, ends]).toEqual([0, 0]);
});

test('a file that is saved with the same content does not differ', async () => {
  expect(await changesAfter(() => put('main.js', 'one'))).toEqual([]);
});

test('reports a save shortly after the report of the previous save', async () => {
  for (let pauseMs = 0; pauseMs <= 60; pauseMs += 10) {
    await changesAfter(() => put('main.js', `first ${pauseMs}`));
    await setTimeout(pauseMs);
    expect(await changesAfter(() => put('main.js', `second ${pauseMs}`))).toEqual(['main.js']);
    await setTimeout(QUIET_MS);
  }
});

test('reports a file that is written without a pause after 200 ms', async () => {
  const startedAt = performance.now();
  while (ends === 0 && performance.now() < startedAt + 5_000) {
    put('main.js', `${performance.now()}`);
    await setTimeout(2);
  }
  expect(ends).toBeGreaterThan(0);
});

test('a closed watcher reports nothing', async () => {
  put('main.js', 'two');
  await watcher.close();
  const seen = ends;
  put('main.js', 'three');
  await setTimeout(QUIET_MS);
  expect(ends).toBe(seen);
});

describe('the root of a project', () => {
  const rootOf = (app: string) => {
    put('node_modules/.package-lock.json', '{}');
    put(`${app}/main.ts`, '');
    return path.relative(root, new ProjectFiles(path.join(root, app)).root);
  };

  test('is the folder with the installed packages', () => expect(rootOf('apps/api')).toBe(''));

  test.each(['node_modules/scope/api', 'dist/api', 'apps/dist/api'])(
    'is the folder of the app itself in the ignored folder %s',
    (app) => {
      expect(rootOf(app)).toBe(app);
      expect([...new ProjectFiles(path.join(root, app)).snapshot().files.keys()]).toEqual(['main.ts']);
    },
  );
});
