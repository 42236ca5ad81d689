/** An archive is unpacked as it is, the second time as the first. */
import { createHash } from 'node:crypto';
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

/** @returns its SHA-256, in base64 */
function zip(files: Readonly<Record<string, Uint8Array>>): string {
  const bytes = zipSync(files);
  writeFileSync(archive, bytes);
  return createHash('sha256').update(bytes).digest('base64');
}

/** What is in a new folder then. */
function unpacked(hash: string | undefined, name: string): Record<string, string> {
  const root = path.join(folder, name);
  unpack(archive, hash, root);
  const files = readdirSync(root, { recursive: true, withFileTypes: true, encoding: 'utf8' }).filter((one) =>
    one.isFile(),
  );
  const paths = files.map((file) => path.join(file.parentPath, file.name)).sort();
  return Object.fromEntries(paths.map((file) => [path.relative(root, file), readFileSync(file, 'latin1')]));
}

test('unpacks folders, empty files and any bytes', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  const hash = zip({
    'index.js': strToU8('a\nb'),
    'empty.txt': new Uint8Array(),
    'über/deep.bin': bytes,
    'folder/': new Uint8Array(),
  });
  const files = { 'empty.txt': '', 'index.js': 'a\nb', 'über/deep.bin': Buffer.from(bytes).toString('latin1') };
  expect(unpacked(hash, 'first')).toEqual(files);
  expect(unpacked(undefined, 'third')).toEqual(files);
});

test('an archive that is another one, is none, or reaches outside of its folder', () => {
  const hash = zip({ 'index.js': strToU8('1') });
  unpacked(hash, 'first');
  zip({ 'index.js': strToU8('2') });
  expect(() => unpacked(hash, 'second')).toThrow(`source_code_hash is ${hash}, but the archive's is `);
  writeFileSync(archive, 'no zip');
  expect(() => unpacked(undefined, 'third')).toThrow(/invalid zip/);
  zip({ '../outside.js': strToU8('1') });
  for (const name of ['fourth', 'fifth']) {
    expect(() => unpacked(undefined, name)).toThrow('the entry ../outside.js lies outside of the archive');
  }
  expect(readdirSync(folder)).not.toContain('outside.js');
  rmSync(archive);
  expect(() => unpacked(undefined, 'sixth')).toThrow(/ENOENT/);
});
