/** terraform.sh, which cdktf runs in place of Terraform. In these tests, `terraform` is a script that prints its arguments. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { TERRAFORM_WRAPPER } from '../../../scripts/terraform/program';

const pathOf = (name: string) => spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();

const SETSID = pathOf('setsid');
if (!SETSID) process.stderr.write('Skipped: tests of separate sessions, because there is no setsid on the PATH\n');

/** The only folder on the PATH, so that each test chooses the available commands. */
let bin: string;

/** Writes a command into `bin`. */
function addCommand(name: string, ...lines: string[]): void {
  writeFileSync(path.join(bin, name), ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 });
}

beforeEach(() => {
  bin = mkdtempSync(path.join(os.tmpdir(), 'terraform-sh-'));
  for (const name of ['ps', 'sh', 'sleep', 'touch']) symlinkSync(pathOf(name), path.join(bin, name));
  addCommand('terraform', `printf '<%s>' "$@"`, 'exit "${STATUS:-0}"');
});

afterEach(() => rmSync(bin, { recursive: true }));

function run(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(TERRAFORM_WRAPPER, args, {
    encoding: 'utf8',
    env: { ...variables, PATH: bin },
  });
  return { status, stdout, stderr };
}

test('apply uses the plan file of DEPLOY_PLAN_FILE instead of the arguments of cdktf', () => {
  expect(run(['apply', '-auto-approve', '-lock=true'], { DEPLOY_PLAN_FILE: 'a plan.tfplan' })).toEqual({
    status: 0,
    stdout: '<apply><-input=false><a plan.tfplan>',
    stderr: '',
  });
});

test('runs the program that WRAPPED_TERRAFORM names', () => {
  addCommand('tofu', `printf 'tofu<%s>' "$@"`);
  expect(run(['plan', '-lock=true'], { WRAPPED_TERRAFORM: 'tofu' }).stdout).toBe('tofu<plan>tofu<-lock=true>');
  const apply = { WRAPPED_TERRAFORM: 'tofu', DEPLOY_PLAN_FILE: 'plan.tfplan' };
  expect(run(['apply'], apply).stdout).toBe('tofu<apply>tofu<-input=false>tofu<plan.tfplan>');
});

test.each([
  [['apply', '-auto-approve', 'a plan'], ''],
  [['init', '-upgrade'], 'plan.tfplan'],
  [['plan', '-var', 'name=two words', ''], 'plan.tfplan'],
  [['version', '-json'], ''],
])('passes %j unchanged to Terraform, with DEPLOY_PLAN_FILE=%j', (args, DEPLOY_PLAN_FILE) => {
  const stdout = args.map((arg) => `<${arg}>`).join('');
  expect(run(args, { DEPLOY_PLAN_FILE })).toEqual({ status: 0, stdout, stderr: '' });
});

/** The lines of the command `setsid`, by implementation. */
const SETSID_COMMANDS = {
  'no setsid': [],
  ...(SETSID && {
    "util-linux's setsid": [`exec ${SETSID} "$@"`],
    "BusyBox's setsid": ['case "$1" in -*) echo "unrecognized option: $1" >&2; exit 1 ;; esac', `exec ${SETSID} "$@"`],
  }),
};

describe.each(Object.entries(SETSID_COMMANDS))('with %s', (kind, lines) => {
  beforeEach(() => {
    if (lines.length > 0) addCommand('setsid', ...lines);
  });

  test.each(['0', '2'])('keeps the status %s and the output of Terraform', (STATUS) => {
    expect(run(['plan', '-detailed-exitcode'], { STATUS })).toEqual({
      status: Number(STATUS),
      stdout: '<plan><-detailed-exitcode>',
      stderr: '',
    });
  });

  test('Terraform runs in a separate session if there is a setsid', () => {
    addCommand('terraform', 'ps -o sid= -p $$ -p $PPID');
    const sessions = new Set(run(['plan']).stdout.trim().split(/\s+/));
    expect(sessions.size).toBe(kind === 'no setsid' ? 1 : 2);
  });
});

(SETSID ? test : test.skip)('Terraform finishes after its process group is killed', async () => {
  symlinkSync(SETSID, path.join(bin, 'setsid'));
  addCommand('terraform', 'touch "$FOLDER/began"', 'sleep 0.5', 'touch "$FOLDER/ended"');
  const env = { PATH: bin, FOLDER: bin };
  const { pid = 0 } = spawn(TERRAFORM_WRAPPER, ['apply'], { detached: true, stdio: 'ignore', env });
  await waitForFile('began');
  process.kill(-pid, 'SIGKILL');
  expect(existsSync(path.join(bin, 'ended'))).toBe(false);
  await waitForFile('ended');
});

async function waitForFile(name: string): Promise<void> {
  while (!existsSync(path.join(bin, name))) await new Promise((resolve) => setTimeout(resolve, 20));
}
