/** The files that a folder contributes to an archive. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { archiveEntries } from '../../src/stand-in/small/archive-entries';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'archive-'));
  mkdirSync(path.join(folder, 'src/lib'), { recursive: true });
  writeFileSync(path.join(folder, 'src/index.js'), '1');
  writeFileSync(path.join(folder, 'src/lib/a.js'), '2');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const names = (config = {}) => archiveEntries({ source_dir: 'src', ...config }, folder, '').map(({ name }) => name);

test('contains the files of linked folders, also of a folder that is linked twice', () => {
  mkdirSync(path.join(folder, 'shared'));
  writeFileSync(path.join(folder, 'shared/b.js'), '3');
  for (const link of ['one', 'two']) symlinkSync(path.join(folder, 'shared'), path.join(folder, 'src', link));
  expect(names()).toEqual(['index.js', 'lib/a.js', 'one/b.js', 'two/b.js']);
});

test.each(['.', '..', 'lib'])('refuses a link to a folder above it (%s)', (target) => {
  symlinkSync(path.join(folder, 'src', target), path.join(folder, 'src/lib/loop'));
  expect(() => names()).toThrow(/src\/lib\/loop\S* leads back to \S+\. Remove the link, or exclude it/);
  expect(names({ excludes: ['lib/loop'] })).toEqual(['index.js', 'lib/a.js']);
});

test('refuses a broken link', () => {
  symlinkSync(path.join(folder, 'missing'), path.join(folder, 'src/broken.js'));
  expect(() => names()).toThrow(/broken\.js: ENOENT/);
});

test('refuses a pipe, which would never end', () => {
  execFileSync('mkfifo', [path.join(folder, 'src/pipe')]);
  expect(() => names()).toThrow(/pipe: it is neither a file nor a folder\. Exclude it with `excludes`/);
});
