/** The build takes a replacement for the file that it was written for, and for no other. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundle } from '../../../constructs/bundle';
import { replacements } from '../src/replacements';
import { ROOT } from '../../../__tests__/support/local-run';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'replacements-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(replacements.map((entry) => [entry.file, entry] as const))('%s is the installed file', (file, entry) => {
  const sha256 = createHash('sha256')
    .update(readFileSync(path.join(ROOT, 'node_modules', file)))
    .digest('hex');
  expect(sha256).toBe(entry.sha256);
  expect(existsSync(path.join(ROOT, 'packages/lean-dynamodb/src/client', entry.by))).toBe(true);
});

/** A project with a package of the SDK that has nothing but the file to be replaced. */
function project(file: string, content: string, version: string): string {
  const [scope = '', name = '', ...rest] = file.split('/');
  const root = path.join(folder, 'node_modules', scope, name);
  mkdirSync(path.dirname(path.join(root, ...rest)), { recursive: true });
  writeFileSync(path.join(root, 'package.json'), JSON.stringify({ name: `${scope}/${name}`, version }));
  writeFileSync(path.join(root, ...rest), content);
  const entry = path.join(folder, 'index.js');
  writeFileSync(entry, `import * as all from '${file}'; export const handler = all;`);
  return entry;
}

describe.each(replacements.map((entry) => [entry.file, entry] as const))('%s', (file, { version }) => {
  const original = readFileSync(path.join(ROOT, 'node_modules', file), 'utf8');

  test('one that was changed is refused: the error says which, and both ways out', () => {
    const entry = project(file, `${original}\n`, version);
    const build = () => bundle(entry);
    expect(build).toThrow(`${file} is not the file that its replacement was written for`);
    expect(build).toThrow('constructs/sdk/replacements.ts');
    expect(build).toThrow('sdk: "stock"');
  });

  test('the same file in another version of its package is refused: what it imports may have changed', () => {
    const entry = project(file, original, '99.0.0');
    expect(() => bundle(entry)).toThrow('it is of version 99.0.0');
  });
});

test('stock replaces nothing', () => {
  const entry = project(
    '@smithy/core/dist-es/submodules/event-streams/index.js',
    'export const changed = "it is here";',
    '99.0.0',
  );
  expect(Buffer.from(bundle(entry, { sdk: 'stock' }).code).toString()).toContain('it is here');
});
