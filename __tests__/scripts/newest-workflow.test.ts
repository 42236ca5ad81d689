/** The step of newest.yml that reads the reports. `npm` is a script: it takes artifacts, and logs the call that writes the issue. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { workflow } from '../support/github-repository';
import { JITI, ROOT } from '../support/local-run';

interface Workflow {
  readonly jobs: { readonly report: { readonly steps: readonly { readonly run?: string }[] } };
}

const SCRIPT = (parse(workflow('newest')) as Workflow).jobs.report.steps.at(-1)?.run ?? '';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'newest-workflow-'));
  const take = `exec "${process.execPath}" "${path.join(ROOT, JITI)}" "${path.join(ROOT, 'scripts/github.ts')}" "$@"`;
  const lines = [
    '#!/bin/sh',
    'shift 3',
    `[ "$1" = newest ] || ${take}`,
    'shift',
    'echo "reports: $#"',
    'cat /dev/null "$@"',
  ];
  writeFileSync(path.join(folder, 'npm'), lines.join('\n'), { mode: 0o755 });
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a file as download-artifact does. */
function download(file: string, text: string): void {
  const target = path.join(folder, 'newest', file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/** Runs the step as GitHub does. */
function runStep(result: 'success' | 'failure') {
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}`, RUNNER_TEMP: folder, RESULT: result };
  return spawnSync('bash', ['-e', '-c', SCRIPT], { cwd: ROOT, encoding: 'utf8', env });
}

test('a single failed trial is reported: its artifact has no folder', () => {
  download('report.md', 'ranges\n');
  const { status, stdout } = runStep('failure');
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringMatching(/\nreports: 1\nranges\n$/) as unknown,
  });
});

test('several failed trials are reported together', () => {
  download('newest-22-latest/report.md', 'latest\n');
  download('newest-24-ranges/report.md', 'ranges\n');
  const { status, stdout } = runStep('failure');
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringMatching(/\nreports: 2\nlatest\nranges\n$/) as unknown,
  });
});

test('without a failed trial, the issue is closed', () => {
  expect(runStep('success')).toMatchObject({ status: 0, stdout: 'reports: 0\n' });
});

test('a failed job without a report closes no issue', () => {
  const { status, stdout } = runStep('failure');
  expect(status).not.toBe(0);
  expect(stdout).not.toContain('reports:');
  expect(() => readFileSync(path.join(folder, 'reports/1.md'))).toThrow('ENOENT');
});

test('a report over the limit is refused, and closes no issue', () => {
  download('report.md', 'x'.repeat(60_001));
  const { status, stderr, stdout } = runStep('failure');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('with 60001 bytes; the maximum is 60000');
});
