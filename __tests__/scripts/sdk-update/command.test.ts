/** `npm run sdk:update` in a copy of the project. `npm` and `npx` are scripts that log their arguments. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installedVersions } from '../../../scripts/sdk-update/packages';
import { JITI, ROOT } from '../../support/local-run';
import { copyProject, type ProjectCopy } from '../../support/project-copy';

let copy: ProjectCopy;
let bin: string;

const FILE = '@aws-sdk/client-dynamodb/dist-es/DynamoDBClient.js';

/** Answers of the fake programs. */
const ANSWERS = `
case "$*" in
  "\${FAILING:-none}"*) echo 'npm error code ECONNREFUSED' >&2; exit 1 ;;
  "view @aws-sdk/"*) echo '{ "version": "3.2000.1", "engines": { "node": ">=20.0.0" } }' ;;
  "view "*) echo '{ "version": "3.99.0" }' ;;
  "run --silent build") echo 'items     85.2 KB  31.7 KB  623.7 KB  dist/items' ;;
  *" changes") echo 'changed  ${FILE}' ;;
  *" accept") echo 'accepted ${FILE} (3.2000.1)' ;;
  *jest*) exit "\${JEST_STATUS:-0}" ;;
  *bench*) echo '### Budgets'; echo "| GET /items/{id} | cold ms, ours / naive |   0.50 | \${COLD:-0.49} |" ;;
esac`;

function git(...args: string[]): void {
  const options = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  expect(spawnSync('git', [...options, ...args], { cwd: copy.root }).status).toBe(0);
}

function run(args: readonly string[] = [], environment: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}`, ...environment };
  return spawnSync(process.execPath, [path.join(ROOT, JITI), 'scripts/sdk-update.ts', ...args], {
    cwd: copy.root,
    encoding: 'utf8',
    env,
  });
}

beforeAll(() => {
  copy = copyProject();
  bin = mkdtempSync(path.join(os.tmpdir(), 'sdk-update-'));
  const log = `echo "$(basename "$0") $*" >> "${bin}/calls"`;
  for (const name of ['npm', 'npx'])
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${log}${ANSWERS}\n`, { mode: 0o755 });
});

beforeEach(() => {
  rmSync(path.join(bin, 'calls'), { force: true });
  rmSync(path.join(copy.root, '.git'), { recursive: true, force: true });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'a');
});

afterAll(() => {
  rmSync(bin, { recursive: true });
  rmSync(copy.root, { recursive: true });
});

test('installs, accepts, tests and measures, and prints what to do', () => {
  const { status, stdout } = run();
  expect(readFileSync(path.join(bin, 'calls'), 'utf8').trim().split('\n')).toEqual([
    'npm view @aws-sdk/client-dynamodb@latest version engines --json',
    'npm view @aws-sdk/lib-dynamodb@latest version engines --json',
    'npm view @smithy/core@latest version engines --json',
    'npm run --silent build',
    'npm install --ignore-scripts --no-audit --no-fund',
    'npx lean-dynamodb changes',
    'npx lean-dynamodb accept',
    'npm run --silent check:sdk',
    'npx jest packages/lean-dynamodb',
    'npm run --silent bench -- --quick function',
    'npm run --silent build',
  ]);
  expect(status).toBe(0);
  const installed = installedVersions().get('@smithy/core');
  expect(stdout).toMatch(new RegExp(`^@smithy/core +${installed} +${installed}$`, 'm'));
  expect(stdout).toContain(`\nChanged SDK files that packages/lean-dynamodb replaces: ${FILE}\n`);
  expect(stdout).toMatch(/^items +31\.7 KB +31\.7 KB$/m);
  expect(stdout).toMatch(/^npx jest packages\/lean-dynamodb +passed$/m);
  expect(stdout).toContain('\nExceeded budgets in the quick benchmark: none\n');
  expect(stdout).toContain('- Read the diff above: ');
  expect(stdout).toMatch(/\nTo go back: git restore \. && npm ci --ignore-scripts\n$/);
  expect(copy.read('package.json')).toContain('"@aws-sdk/lib-dynamodb": "^3.2000.1"');
});

test('ends with status 1 when a check fails, after the summary', () => {
  const { status, stdout } = run([], { JEST_STATUS: '1' });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^npx jest packages\/lean-dynamodb +FAILED$/m);
  expect(stdout).toContain('- Correct the errors of npx jest packages/lean-dynamodb, and run it again.');
});

test('changes nothing without the registry, and says what to do', () => {
  const before = copy.read('package.json');
  const { status, stderr } = run([], { FAILING: 'view' });
  const command = 'npm view @aws-sdk/client-dynamodb@latest version engines --json';
  expect(stderr).toBe(
    `\nnpm error code ECONNREFUSED\n\n${command} ended with status 1. Correct the error above, and repeat.\n`,
  );
  expect(status).toBe(1);
  expect(copy.read('package.json')).toBe(before);
});

test('says how to go back when a step after the installation fails', () => {
  const { status, stderr } = run([], { FAILING: 'lean-dynamodb accept' });
  expect(status).toBe(1);
  expect(stderr).toContain(
    'npx lean-dynamodb accept ended with status 1. Correct the error above, and repeat. The update has changed files. Go back first: ' +
      'git restore . && npm ci --ignore-scripts\n',
  );
});

test('names an exceeded budget and a longer benchmark, and ends with status 0: quick times vary', () => {
  const { status, stdout } = run([], { COLD: '0.53' });
  expect(status).toBe(0);
  expect(stdout).toContain(
    'Exceeded budgets in the quick benchmark: GET /items/{id}, cold ms, ours / naive: 0.53, budget 0.50\n',
  );
  expect(stdout).toContain('- Run npm run bench -- function, which measures more processes.');
});

test('refuses uncommitted changes, also a new file, and asks npm nothing', () => {
  writeFileSync(path.join(copy.root, 'new.txt'), '');
  const { status, stderr } = run();
  rmSync(path.join(copy.root, 'new.txt'));
  expect(status).toBe(1);
  expect(stderr).toContain('The working copy has uncommitted changes, for example in new.txt. Commit or stash them');
  expect(() => readFileSync(path.join(bin, 'calls'))).toThrow('ENOENT');
});

test.each([['latest'], ['3.1'], ['3.1.0', '3.2.0']])('refuses the version %s', (...args) => {
  const { status, stderr } = run(args);
  expect([status, stderr]).toEqual([1, `\nPass one version, such as 3.1169.0, not ${args.join(' ')}.\n`]);
});
