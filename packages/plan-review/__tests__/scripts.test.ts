/** The scripts as CI runs them. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../../../__tests__/support/local-run';
import { FIXTURES } from './plans';

const folder = mkdtempSync(path.join(os.tmpdir(), 'plan-scripts-'));
const COMMIT = 'c'.repeat(40);
const file = (name: string) => path.join(FIXTURES, `${name}.json`);

function run(script: 'plan-summary' | 'plan-review', ...args: string[]) {
  return spawnSync(process.execPath, ['-r', 'tsx/cjs', `scripts/${script}.ts`, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
}

test('a summary, and the review by it', () => {
  const plan = path.join(folder, 'items', 'plan.json');
  mkdirSync(path.dirname(plan));
  copyFileSync(file('setting-items'), plan);
  const summary = run('plan-summary', '--commit', COMMIT, plan, `manager=${file('setting-manager')}`);
  expect(summary).toMatchObject({ status: 0, stderr: '' });
  expect(summary.stdout).toMatch(/^## Terraform plan: 2 to change\n/);
  expect(summary.stdout).toContain('### items in us-east-1: 1 to change');
  const reviewed = path.join(folder, 'summary.md');
  writeFileSync(reviewed, summary.stdout);

  const same = run(
    'plan-review',
    '--reviewed',
    reviewed,
    '--commit',
    COMMIT,
    plan,
    `manager=${file('setting-manager')}`,
  );
  expect(same).toMatchObject({ status: 0, stderr: '' });
  expect(same.stdout).toMatch(/^The plan is the reviewed one: items, manager \(sha256:[0-9a-f]{64}\)\.\n$/);

  const other = run('plan-review', '--reviewed', reviewed, plan, `manager=${file('access-manager')}`);
  expect(other).toMatchObject({ status: 1, stdout: '' });
  expect(other.stderr).toMatch(/^The plan is not the reviewed one\.\n\nmanager: differs in \d+ places\n/);

  const missing = run('plan-review', '--reviewed', reviewed, plan);
  expect(missing).toMatchObject({ status: 1, stdout: '' });
  expect(missing.stderr).toContain('manager: was reviewed, and there is no plan of it.');
});

test('all plans at fault are named at once', () => {
  const { status, stdout, stderr } = run(
    'plan-summary',
    path.join(folder, 'none.json'),
    file('setting-items'),
    `setting-items=${file('create-items')}`,
    path.join(ROOT, 'package.json'),
  );
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/none\.json: cannot be read/);
  expect(stderr).toMatch(
    /create-items\.json: is a second plan of the stack setting-items, beside .*setting-items\.json\. Name them/,
  );
  expect(stderr).toMatch(/package\.json: is not the JSON of a plan/);
});

test.each([
  ['plan-summary', [], /No plan is named: give one file or more/],
  ['plan-summary', ['--what'], /Unknown option '--what'[^]*--help shows the options/],
  ['plan-summary', ['--limit', '0', file('setting-items')], /--limit: saw 0; allowed is/],
  ['plan-summary', ['--limit', '10', file('setting-items')], /alone need \d+ bytes, and the limit is 10/],
  ['plan-summary', ['--commit', 'HEAD', file('setting-items')], /--commit: saw "HEAD"; allowed is a whole commit id/],
  ['plan-review', [file('setting-items')], /--reviewed: saw nothing/],
  ['plan-review', ['--reviewed', 'none.md', file('setting-items')], /--reviewed: none\.md cannot be read/],
  ['plan-review', ['--reviewed', 'README.md', file('setting-items')], /README\.md: there is no review record/],
  ['plan-review', ['--reviewed', 'README.md'], /No plan is named/],
] as const)('%s %j', (script, args, message) => {
  const { status, stdout, stderr } = run(script, ...args);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.each(['plan-summary', 'plan-review'] as const)('%s --help', (script) => {
  expect(run(script, '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('[NAME=]plan.json...') });
});
