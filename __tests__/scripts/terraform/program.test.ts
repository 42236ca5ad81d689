/** TERRAFORM_BINARY_NAME chooses the program of every script. In these tests, `tofu` logs its arguments and runs Terraform. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { TERRAFORM_WRAPPER, terraformProgram } from '../../../scripts/terraform/program';
import { terraform, terraformEnvironment } from '../../../scripts/terraform/terraform';
import { copyProject, type ProjectCopy } from '../../support/project-copy';
import { runScript } from '../../support/run-script';

describe('the program', () => {
  test.each<[NodeJS.ProcessEnv, string]>([
    [{}, 'terraform'],
    [{ TERRAFORM_BINARY_NAME: '' }, 'terraform'],
    [{ TERRAFORM_BINARY_NAME: 'tofu' }, 'tofu'],
    [{ TERRAFORM_BINARY_NAME: './bin/tofu' }, path.resolve('bin/tofu')],
    [{ TERRAFORM_BINARY_NAME: TERRAFORM_WRAPPER }, 'terraform'],
    [{ TERRAFORM_BINARY_NAME: TERRAFORM_WRAPPER, WRAPPED_TERRAFORM: 'tofu' }, 'tofu'],
  ])('with %j is %s', (env, program) => {
    expect(terraformProgram(env)).toBe(program);
    expect(terraformEnvironment(env)['WRAPPED_TERRAFORM']).toBe(program);
  });
});

describe('with a program named tofu', () => {
  let bin: string;
  let copy: ProjectCopy;
  const { PATH = '' } = process.env;
  /** The logged calls, for example `plan -no-color`. */
  const calls = () => {
    const file = path.join(bin, 'calls');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  };
  const environment = () => ({ PATH: `${bin}:${PATH}`, TERRAFORM_BINARY_NAME: 'tofu', CI: '', STATE_BUCKET: '' });

  beforeAll(() => {
    bin = mkdtempSync(path.join(os.tmpdir(), 'tofu-'));
    copy = copyProject();
    // Terraform itself must not be called: it is here only under another name.
    writeFileSync(path.join(bin, 'terraform'), '#!/bin/sh\necho "terraform $*" >> "$(dirname "$0")/calls"\nexit 9\n', {
      mode: 0o755,
    });
  });

  beforeEach(() => {
    rmSync(path.join(bin, 'calls'), { force: true });
    fakeTofu(REAL ? `exec ${REAL} "$@"` : 'exit 0');
  });

  afterAll(() => {
    rmSync(bin, { recursive: true });
    rmSync(copy.root, { recursive: true });
  });

  const REAL = spawnSync('sh', ['-c', 'command -v terraform'], { encoding: 'utf8' }).stdout.trim();

  function fakeTofu(...lines: readonly string[]): void {
    const log = 'echo "$*" >> "$(dirname "$0")/calls"';
    writeFileSync(path.join(bin, 'tofu'), ['#!/bin/sh', log, ...lines, ''].join('\n'), { mode: 0o755 });
  }

  /** Answers as Terraform does for a stack with no changes. */
  const UNCHANGED = [
    `case "$1" in show) echo '{"format_version":"1.2","resource_changes":[]}' ;; version) echo '{"terraform_version":"1.13.2"}' ;; esac`,
    'exit 0',
  ];

  test('npm run plan initializes, plans and shows with tofu', async () => {
    fakeTofu(...UNCHANGED);
    const { status, stdout, stderr } = await runScript(copy.root, ['plan-stacks', 'items'], environment());
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('rror')]);
    expect(stdout).toContain('items: has no changes');
    expect(calls().map((call) => call.split(' ')[0])).toEqual(['init', 'plan', 'show']);
  });

  test('npm run destroy runs cdktf with tofu', async () => {
    fakeTofu(...UNCHANGED);
    const { status } = await runScript(copy.root, ['destroy', '--yes', 'items'], environment());
    expect(status).toBe(0);
    expect(calls().map((call) => call.split(' ')[0])).toEqual(expect.arrayContaining(['init', 'destroy']));
    expect(calls().filter((call) => call.startsWith('terraform'))).toEqual([]);
  });

  test('an error names the program', async () => {
    fakeTofu('echo "Error: broken" >&2', 'exit 3');
    const command = path.join(bin, 'tofu');
    await expect(terraform(bin, ['plan'], { command })).rejects.toThrow(
      `tofu plan ended with status 3 in ${bin}.\nError: broken`,
    );
  });

  test('a program that is missing is named with its variable', async () => {
    const missing = { ...environment(), TERRAFORM_BINARY_NAME: 'tofoo' };
    const { status, stderr } = await runScript(copy.root, ['plan-stacks', 'items'], missing);
    expect(status).toBe(1);
    expect(stderr).toContain(
      'There is no program tofoo, which TERRAFORM_BINARY_NAME names. Install it, or unset this variable to use terraform.',
    );
  });
});
