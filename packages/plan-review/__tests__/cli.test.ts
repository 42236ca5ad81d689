/** Runs both commands in child processes. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { MAKE_PLAN_HINT } from '../src/read/check-plan';
import { WARNING_BLOCKS } from '../src/print/warning-blocks';
import { FIXTURES } from './support/plans';

const folder = mkdtempSync(path.join(os.tmpdir(), 'plan-commands-'));
const COMMIT = 'c'.repeat(40);
const file = (name: string) => path.join(FIXTURES, `${name}.json`);

const PACKAGE = path.join(__dirname, '..');

function run(command: 'plan-summary' | 'plan-review', ...args: string[]) {
  return spawnSync(process.execPath, [path.join(PACKAGE, 'bin', `${command}.mjs`), ...args], {
    cwd: PACKAGE,
    encoding: 'utf8',
    env: process.env,
  });
}

test('plan-review compares plans with the output of plan-summary', () => {
  const plan = path.join(folder, 'items', 'plan.json');
  mkdirSync(path.dirname(plan));
  copyFileSync(file('setting-items'), plan);
  const summary = run('plan-summary', '--commit', COMMIT, plan, `manager=${file('setting-manager')}`);
  expect(summary).toMatchObject({ status: 0, stderr: '' });
  expect(summary.stdout).toMatch(/^## Terraform plan: 4 to change\n/);
  expect(summary.stdout).toContain('### items in us-east-1: 2 to change');
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
  expect(same.stdout).toMatch(/^The plan equals the reviewed plan: items, manager \(sha256:[0-9a-f]{64}\)\.\n$/);

  const other = run('plan-review', '--reviewed', reviewed, plan, `manager=${file('access-manager')}`);
  expect(other).toMatchObject({ status: 1, stdout: '' });
  expect(other.stderr).toMatch(/^The plan differs from the reviewed plan\.\n\nmanager: differs in \d+ places\n/);

  const missing = run('plan-review', '--reviewed', reviewed, plan);
  expect(missing).toMatchObject({ status: 1, stdout: '' });
  expect(missing.stderr).toContain('manager: was reviewed, but has no new plan.');
});

test('plan-summary puts a text first, and plan-review renders it again', () => {
  const first = path.join(folder, 'breaks.md');
  writeFileSync(first, '> [!CAUTION]\n> The change breaks callers\n');
  const plan = file('setting-items');
  const { status, stdout } = run('plan-summary', '--first', first, plan);
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^## Terraform plan: .*\n\nThe quoted text is not .* checked:\n\n> \[!CAUTION\]\n> The change breaks callers\n\nThe plan follows\.\n/,
  );
  const reviewed = path.join(folder, 'first.md');
  writeFileSync(reviewed, stdout);
  expect(run('plan-review', '--reviewed', reviewed, plan)).toMatchObject({ status: 0, stderr: '' });
  writeFileSync(first, '');
  expect(run('plan-summary', '--first', first, plan).stdout).toBe(run('plan-summary', plan).stdout);
});

test('both commands take the key from --key, from PLAN_REVIEW_KEY_FILE, or from the state folder of the user', () => {
  const [plan, key, state] = [file('create-manager'), path.join(folder, 'key'), path.join(folder, 'state')];
  writeFileSync(key, '7'.repeat(64));
  const reviewed = path.join(folder, 'sensitive.md');
  writeFileSync(reviewed, run('plan-summary', '--key', key, plan).stdout);
  const review = (...args: string[]) => run('plan-review', '--reviewed', reviewed, ...args, plan);
  expect(review('--key', key)).toMatchObject({ status: 0, stderr: '' });
  process.env['PLAN_REVIEW_KEY_FILE'] = key;
  expect(review()).toMatchObject({ status: 0, stderr: '' });
  delete process.env['PLAN_REVIEW_KEY_FILE'];
  process.env['XDG_STATE_HOME'] = state;
  expect(review().stderr).toMatch(
    /The review was made with the key [0-9a-f]{8}, this comparison with the key [0-9a-f]{8}:/,
  );
  const own = readFileSync(path.join(state, 'plan-review/key'), 'utf8');
  expect(own).toMatch(/^[0-9a-f]{64}\n$/);
  expect(statSync(path.join(state, 'plan-review/key')).mode & 0o777).toBe(0o600);
  expect(run('plan-summary', plan).stdout).toBe(run('plan-summary', plan).stdout);
  expect(run('plan-summary', plan).stdout).not.toContain(own.trim());
});

test('reports the problems of all plans together', () => {
  const { status, stdout, stderr } = run(
    'plan-summary',
    path.join(folder, 'none.json'),
    file('setting-items'),
    `setting-items=${file('create-items')}`,
    'package.json',
  );
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/none\.json: cannot be read/);
  expect(stderr).toMatch(
    /create-items\.json: is a second plan of the stack setting-items, after .*setting-items\.json\. .*, pass NAME=/,
  );
  expect(stderr).toMatch(/package\.json: is not the JSON of a plan/);
});

test('says how to make plans that do not exist', () => {
  const { status, stderr } = run('plan-summary', 'stacks/items/plan.json', 'stacks/*/plan.json');
  expect(status).toBe(1);
  expect(stderr).toBe(
    [
      'stacks/items/plan.json: cannot be read: the file does not exist.',
      'stacks/*/plan.json: cannot be read: no file matches this pattern.',
      `Paths are relative to ${PACKAGE}.`,
      `${MAKE_PLAN_HINT}\n`,
    ].join('\n'),
  );
});

test('says what a name can contain, and that a folder is no plan', () => {
  expect(run('plan-summary', `my stack=${file('setting-items')}`).stderr).toContain(
    'json: cannot be read: the file does not exist.\nA NAME before "=" starts with a letter or digit',
  );
  expect(run('plan-summary', folder).stderr).toBe(`${folder}: is a folder. Pass the plan.json in it.\n`);
});

test('names a state as a state', () => {
  const state = path.join(folder, 'items.tfstate');
  writeFileSync(
    state,
    JSON.stringify({ version: 4, terraform_version: '1.9.0', serial: 1, lineage: 'x', resources: [] }),
  );
  expect(run('plan-summary', state).stderr).toContain('items.tfstate: is the JSON of a state, not of a plan.');
});

test('reports the problems of all arguments together, and names a file that is passed twice', () => {
  const plan = file('setting-items');
  const { status, stderr } = run(
    'plan-review',
    '--commit',
    'HEAD',
    '--key',
    'none',
    '--reviewed',
    'none.md',
    plan,
    plan,
  );
  expect(status).toBe(1);
  for (const problem of [
    '--commit: "HEAD" is not',
    'The review key none cannot be read',
    '--reviewed: none.md cannot be read',
    'setting-items.json: is passed twice. Pass it once.',
  ]) {
    expect(stderr).toContain(problem);
  }
});

test.each([
  ['plan-summary', [], /No plan was passed\. Pass at least one file/],
  ['plan-summary', ['--what'], /^Unknown option '--what'\.\n--help shows the options\.\n$/],
  ['plan-summary', ['--limit', '0', file('setting-items')], /--limit: 0 is not a whole number/],
  ['plan-summary', ['--limit', '10', file('setting-items')], /summary needs \d+ bytes; the limit is 10/],
  ['plan-summary', ['--commit', 'HEAD', file('setting-items')], /--commit: "HEAD" is not a full commit id/],
  [
    'plan-summary',
    ['--first', 'README.md', file('setting-items')],
    /The text before the plans contains an HTML comment/,
  ],
  ['plan-review', [file('setting-items')], /--reviewed is missing\. Pass the file/],
  ['plan-review', ['--reviewed', 'none.md', file('setting-items')], /--reviewed: none\.md cannot be read/],
  ['plan-review', ['--reviewed', 'README.md', file('setting-items')], /README\.md: contains no review record/],
  ['plan-review', ['--reviewed', 'README.md'], /No plan was passed/],
  ['plan-summary', ['--key', 'none', file('setting-items')], /The review key none cannot be read/],
  [
    'plan-review',
    ['--reviewed', 'README.md', '--key', 'README.md', file('setting-items')],
    /README\.md: contains no|README\.md is not/,
  ],
] as const)('%s %j fails with a message and no stack trace', (script, args, message) => {
  const { status, stdout, stderr } = run(script, ...args);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('an error message moves no cursor and hides no character', () => {
  const { stderr } = run('plan-summary', path.join(folder, 'a\u001b[2J\u009b\u00a0.json'));
  expect(stderr).toContain('a\\u{1b}[2J\\u{9b}\\u{a0}.json: cannot be read');
});

test.each(['plan-summary', 'plan-review'] as const)('%s --help shows the arguments', (script) => {
  expect(run(script, '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('[NAME=]plan.json...') });
});

test('resolves paths relative to the folder in which npm was called', () => {
  const bin = path.join(PACKAGE, 'bin/plan-summary.mjs');
  const summary = (cwd: string, INIT_CWD: string) =>
    spawnSync(process.execPath, [bin, 'fixtures/setting-items.json'], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, INIT_CWD },
    });
  // npm calls the command in the package's folder.
  expect(summary(PACKAGE, __dirname).status).toBe(0);
  // npm was called in another folder, and its program calls the command here.
  expect(summary(__dirname, PACKAGE).status).toBe(0);
  expect(summary(__dirname, os.tmpdir()).status).toBe(0);
});

test('the README names every option and every kind of warning', () => {
  const readme = readFileSync(path.join(PACKAGE, 'README.md'), 'utf8');
  const help = ['plan-summary', 'plan-review']
    .map((command) => run(command as 'plan-summary', '--help').stdout)
    .join('');
  for (const option of help.match(/--(?!help)[a-z]+/g) ?? []) expect(readme).toContain(`\`${option} `);
  for (const { title } of WARNING_BLOCKS) expect(readme).toContain(`\n- **${title}**\n`);
});
