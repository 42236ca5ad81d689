/** docs/lifecycle.md and docs/migrate.md name the versions that the project and its migrations use. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { replacements } from 'lean-dynamodb';
import { dependencies, engines } from '../package.json';
import { MIGRATIONS } from '../scripts/migrate/migrations';
import { NODE_RUNTIMES } from '../constructs/node-runtime';
import { AWS_PROVIDER_VERSION } from '../stacks/aws-provider';
import { DIFFERENCES } from './migrate/support/differences';
import { workflow } from './support/github-repository';
import { ROOT } from './support/local-run';
import { describeUnlessMigrated } from './support/migrated';

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** The cells of the tables in a page, without formatting. */
function rowsOf(page: string): string[][] {
  const lines = read(page).split('\n');
  return lines
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim().replaceAll('`', '')));
}

/** Undefined in a migrated project. */
const cdktf = (dependencies as Readonly<Record<string, string>>)['cdktf'];

const minor = (version: string | undefined = '') => version.split('.').slice(0, 2).join('.');

describeUnlessMigrated('the table of versions in docs/lifecycle.md', () => {
  const sdk = Object.keys(replacements[0]?.contents ?? {});
  test.each([
    ['CDKTF', `cdktf ${cdktf}`],
    ['AWS provider', AWS_PROVIDER_VERSION],
    ['Lambda runtime', NODE_RUNTIMES[0]],
    ['Node.js on your machine and in CI', `${engines.node.replace('>=', '')} or later`],
    ['AWS SDK', `${minor(sdk[0])} to ${minor(sdk.at(-1))}`],
    ['Terraform', read('.terraform-version').trim()],
    ['OpenTofu in place of Terraform', `${minor(/tofu_version: '(.*)'/.exec(workflow('ci'))?.[1])} in CI`],
  ])('%s is %s', (part, version) => {
    expect(rowsOf('docs/lifecycle.md').find(([name]) => name === part)?.[1]).toBe(version);
  });
});

test('docs/migrate.md names the packages and versions of the migrations, and every allowed difference', () => {
  const page = read('docs/migrate.md').replaceAll('`', '');
  for (const [name, { title, packages }] of Object.entries(MIGRATIONS)) {
    expect(page).toContain(`npm run migrate -- ${name} `);
    for (const [, product = '', version = ''] of title.matchAll(/(CDK Terrain|AWS provider) ([\d.]+)/g))
      expect(page).toContain(`${product} ${version}`);
    for (const replacement of Object.values(packages)) expect(page).toContain(replacement.name);
  }
  expect(page).toContain(`@cdktf/provider-aws ${MIGRATIONS['provider-6']?.packages['@cdktf/provider-aws']?.version}`);
  const rows = rowsOf('docs/migrate.md').map(([at = '']) => at);
  const paths = rows.filter((at) => /^(\/\/|terraform|aws_\w+)\./.test(at));
  expect(paths.sort()).toEqual(DIFFERENCES.map(({ at }) => at.replace('resource.', '')).sort());
});
