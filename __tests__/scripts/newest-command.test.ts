/** `npm run newest` in a copy of the project. `npm` is a script that logs its folder and its arguments. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { JITI, ROOT } from '../support/local-run';
import { copyProject, type ProjectCopy } from '../support/project-copy';

let copy: ProjectCopy;
let bin: string;

/** Answers of the fake npm. `npm install` writes a lock file, as npm does. */
const NPM = `#!/bin/sh
echo "$*" >> "$(dirname "$0")/calls"
case "$*" in
  *legacy-peer-deps) ;;
  install*) if [ -n "$CONFLICT" ]; then echo "npm error code ERESOLVE"; exit 1; fi ;;
esac
case "$*" in
  install*) [ ! -e package-lock.json ] || exit 8; grep '"esbuild"' package.json > "$(dirname "$0")/range"
    echo '{"packages":{"node_modules/esbuild":{"version":"9.9.9"}}}' > package-lock.json; exit "\${INSTALL_STATUS:-0}" ;;
  "run build") echo "cannot build"; exit 3 ;;
esac
`;

beforeAll(() => {
  copy = copyProject('newest-');
  rmSync(path.join(copy.root, 'node_modules'));
  writeFileSync(
    path.join(copy.root, 'package-lock.json'),
    '{"packages":{"node_modules/esbuild":{"version":"0.28.2"}}}',
  );
  bin = mkdtempSync(path.join(os.tmpdir(), 'newest-bin-'));
  writeFileSync(path.join(bin, 'npm'), NPM, { mode: 0o755 });
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    ['commit', '-qm', 'a'],
  ]) {
    const git = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: copy.root });
    expect(git.status).toBe(0);
  }
});

beforeEach(() => rmSync(path.join(bin, 'calls'), { force: true }));

afterAll(() => {
  for (const folder of [copy.root, bin]) rmSync(folder, { recursive: true });
});

const read = (name: string) => readFileSync(path.join(bin, name), 'utf8').trim();

function newest(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [path.join(ROOT, JITI), 'scripts/newest.ts', ...args], {
    cwd: copy.root,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${bin}:${process.env['PATH']}`, ...environment },
  });
}

test('installs without the lock file, runs every command, reports the failures, and leaves the project as it was', () => {
  const file = path.join(bin, 'report.md');
  const { status, stderr } = newest(['--report', file]);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(read('calls').split('\n')).toEqual([
    'install --ignore-scripts --no-audit',
    'run prepare',
    ...['check:types', 'check:lint', 'check:imports', 'check:sdk', 'check:format'].map((name) => `run ${name}`),
    'run build',
    'run test',
  ]);
  const report = readFileSync(file, 'utf8');
  expect(report).toMatch(
    /^## Node\.js [\d.]+, newest versions in the ranges of package\.json\n\n`npm run build` fails:/,
  );
  expect(report).toContain('cannot build');
  expect(report).toContain('esbuild 0.28.2 -> 9.9.9');
  expect(copy.read('package-lock.json')).toContain('0.28.2');
});

test('--latest ignores the ranges, and a command that passes ends with status 0', () => {
  const { status, stdout } = newest(['--latest', 'check:types']);
  expect(status).toBe(0);
  expect(read('range')).toMatch(/"esbuild": "\*"/);
  expect(stdout).toMatch(/## Node\.js [\d.]+, newest versions of all packages\n\n<details>/);
  expect(copy.read('package.json')).not.toContain('"esbuild": "*"');
});

test('reports versions that exclude each other, and tries the others', () => {
  const { status, stdout } = newest(['--latest', 'check:types'], { CONFLICT: '1' });
  expect(status).toBe(1);
  expect(read('calls').split('\n')).toEqual([
    'install --ignore-scripts --no-audit',
    'install --ignore-scripts --no-audit --legacy-peer-deps',
    ...['run prepare', 'run check:types'],
  ]);
  expect(stdout).toContain('`npm install --ignore-scripts --no-audit` fails:\n\n```text\nnpm error code ERESOLVE');
  expect(stdout).toContain('esbuild 0.28.2 -> 9.9.9');
  expect(stdout).not.toContain('npm run check:types` fails');
});

test('after a failed installation, no command runs', () => {
  const { status, stdout } = newest([], { INSTALL_STATUS: '1' });
  expect(status).toBe(1);
  expect(read('calls')).toBe('install --ignore-scripts --no-audit');
  expect(stdout).toContain('`npm install --ignore-scripts --no-audit` fails:');
  expect(existsSync(path.join(copy.root, 'node_modules'))).toBe(false);
});
