/** Tests unpack, which unpacks a function's archive. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { unpack } from '../../../src/services/lambda/archive';

let folder: string;
let archive: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'archive-'));
  archive = path.join(folder, 'function.zip');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes the archive. */
function zip(files: Readonly<Record<string, Uint8Array>>): void {
  writeFileSync(archive, zipSync(files));
}

/** Unpacks the archive into a new folder. @returns the contents of the files by path */
function unpackAndRead(name: string): Record<string, string> {
  const root = path.join(folder, name);
  unpack(archive, root);
  const files = readdirSync(root, { recursive: true, withFileTypes: true, encoding: 'utf8' }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((file) => path.join(file.parentPath, file.name)).sort();
  return Object.fromEntries(paths.map((file) => [path.relative(root, file), readFileSync(file, 'latin1')]));
}

test('unpacks folders, empty files and any bytes', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  zip({
    'index.js': strToU8('a\nb'),
    'empty.txt': new Uint8Array(),
    'über/deep.bin': bytes,
    'folder/': new Uint8Array(),
  });
  const files = { 'empty.txt': '', 'index.js': 'a\nb', 'über/deep.bin': Buffer.from(bytes).toString('latin1') };
  expect(unpackAndRead('unpacked')).toEqual(files);
});

test('refuses a file that is not a zip archive', () => {
  writeFileSync(archive, 'no zip');
  expect(() => unpackAndRead('no-zip')).toThrow(/invalid zip/);
});

test('refuses an entry outside of the folder', () => {
  zip({ '../outside.js': strToU8('1') });
  expect(() => unpackAndRead('inside')).toThrow('the path of the entry ../outside.js leads outside of the archive');
  expect(readdirSync(folder)).not.toContain('outside.js');
});

test('refuses an archive that does not exist', () => {
  expect(() => unpackAndRead('missing')).toThrow(/ENOENT/);
});
