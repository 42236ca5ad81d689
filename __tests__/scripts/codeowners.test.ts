/** The owners in .github/CODEOWNERS, and the patterns of GitHub that name them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ownedFiles, ownersOf } from '../../scripts/github/codeowners';
import { OWNED_PATHS } from '../../scripts/github/repository-checks';
import { ROOT } from '../support/local-run';

const FILE = readFileSync(path.join(ROOT, '.github/CODEOWNERS'), 'utf8');

test('owns the pipeline', () => {
  expect(ownedFiles()).toEqual(
    expect.arrayContaining(['.github/CODEOWNERS', 'scripts/deploy.ts', 'stacks/settings.ts']),
  );
  for (const file of [...OWNED_PATHS, ...ownedFiles(), 'packages/a/b/c.ts', 'new.file'])
    expect([file, ownersOf(FILE, file).length]).toEqual([file, 1]);
  expect(ownersOf(FILE, 'docs/deploy.md')).toEqual([]);
});

test.each([
  ['* @a', 'x/y.ts', ['@a']],
  ['*.ts @a # the team', 'x/y.ts', ['@a']],
  ['*.ts @a', 'x/y.tsx', []],
  ['/scripts/ @a @b', 'scripts/x/y.ts', ['@a', '@b']],
  ['/scripts/ @a', 'packages/scripts/x.ts', []],
  ['scripts/ @a', 'packages/scripts/x.ts', ['@a']],
  ['/scripts @a', 'scripts/x.ts', ['@a']],
  ['/scripts/* @a', 'scripts/x.ts', ['@a']],
  ['/scripts/* @a', 'scripts/x/y.ts', []],
  ['/scripts/** @a', 'scripts/x/y.ts', ['@a']],
  ['**/github @a', 'scripts/github/x.ts', ['@a']],
  ['* @a\n/scripts/ @b', 'scripts/x.ts', ['@b']],
  ['* @a\n/scripts/', 'scripts/x.ts', []],
  ['# * @a', 'x.ts', []],
  ['/app.cjs @a', 'appXcjs', []],
])('%j: the owners of %s are %j', (text, file, owners) => expect(ownersOf(text, file)).toEqual(owners));
