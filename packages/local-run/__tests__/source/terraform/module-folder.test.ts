import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { configurationFiles } from '../../../src/source/terraform/module-folder';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'module-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(...names: string[]): void {
  for (const name of names) writeFileSync(path.join(folder, name), '');
}

test('Terraform reads *.tf and *.tf.json, override files last', () => {
  put('z.tf', 'a.tf.json', 'a_override.tf', 'override.tf.json', 'b.tofu', '.hidden.tf', 'notes.md', 'b.tf~');
  expect(configurationFiles(folder, false)).toEqual(['a.tf.json', 'z.tf', 'a_override.tf', 'override.tf.json']);
});

test('OpenTofu reads *.tofu in place of *.tf with the same name', () => {
  put('a.tf', 'a.tofu', 'b.tf', 'c.tofu', 'd.tf.json', 'd.tofu.json', 'a.tf.json', 'x_override.tf', 'x_override.tofu');
  expect(configurationFiles(folder, true)).toEqual([
    ...['a.tf.json', 'a.tofu', 'b.tf', 'c.tofu', 'd.tofu.json'],
    'x_override.tofu',
  ]);
});

test('a missing folder has no files', () => {
  expect(configurationFiles(path.join(folder, 'missing'), true)).toEqual([]);
});
