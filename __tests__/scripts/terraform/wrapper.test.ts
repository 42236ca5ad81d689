/** terraform.sh, which cdktf runs in place of Terraform, with a Terraform that tells how it was called. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { TERRAFORM_WRAPPER } from '../../../scripts/terraform/cdktf';

const where = (name: string) => spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();

const SETSID = where('setsid');
if (!SETSID) process.stderr.write('Skipped: sessions of their own, because there is no setsid on the PATH\n');

/** The whole PATH, so that the test says which commands there are. */
let bin: string;

/** Puts a command on the PATH. */
function command(name: string, ...lines: string[]): void {
  writeFileSync(path.join(bin, name), ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 });
}

beforeEach(() => {
  bin = mkdtempSync(path.join(os.tmpdir(), 'terraform-sh-'));
  for (const name of ['ps', 'sh', 'sleep', 'touch']) symlinkSync(where(name), path.join(bin, name));
  command('terraform', `printf '<%s>' "$@"`, 'exit "${STATUS:-0}"');
});

afterEach(() => rmSync(bin, { recursive: true }));

function run(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(TERRAFORM_WRAPPER, args, {
    encoding: 'utf8',
    env: { ...variables, PATH: bin },
  });
  return { status, stdout, stderr };
}

test('apply takes the plan file that is named, in place of what cdktf passes', () => {
  expect(run(['apply', '-auto-approve', '-lock=true'], { DEPLOY_PLAN_FILE: 'a plan.tfplan' })).toEqual({
    status: 0,
    stdout: '<apply><-input=false><a plan.tfplan>',
    stderr: '',
  });
});

test.each([
  [['apply', '-auto-approve', 'a plan'], ''],
  [['init', '-upgrade'], 'plan.tfplan'],
  [['plan', '-var', 'name=two words', ''], 'plan.tfplan'],
  [['version', '-json'], ''],
])('%j goes on as it is, with DEPLOY_PLAN_FILE=%s', (args, DEPLOY_PLAN_FILE) => {
  const stdout = args.map((arg) => `<${arg}>`).join('');
  expect(run(args, { DEPLOY_PLAN_FILE })).toEqual({ status: 0, stdout, stderr: '' });
});

const KINDS = {
  'no setsid': [],
  ...(SETSID && {
    "util-linux's setsid": [`exec ${SETSID} "$@"`],
    "BusyBox's setsid": ['case "$1" in -*) echo "unrecognized option: $1" >&2; exit 1 ;; esac', `exec ${SETSID} "$@"`],
  }),
};

describe.each(Object.entries(KINDS))('with %s', (kind, lines) => {
  beforeEach(() => {
    if (lines.length > 0) command('setsid', ...lines);
  });

  test.each(['0', '2'])("Terraform's status %s is kept, and its output", (STATUS) => {
    expect(run(['plan', '-detailed-exitcode'], { STATUS })).toEqual({
      status: Number(STATUS),
      stdout: '<plan><-detailed-exitcode>',
      stderr: '',
    });
  });

  test('Terraform has a session of its own, where it can', () => {
    command('terraform', 'ps -o sid= -p $$ -p $PPID');
    const sessions = new Set(run(['plan']).stdout.trim().split(/\s+/));
    expect(sessions.size).toBe(kind === 'no setsid' ? 1 : 2);
  });
});

(SETSID ? test : test.skip)('Terraform ends what it has begun when all around it is killed', async () => {
  symlinkSync(SETSID, path.join(bin, 'setsid'));
  command('terraform', 'touch "$FOLDER/began"', 'sleep 0.5', 'touch "$FOLDER/ended"');
  const env = { PATH: bin, FOLDER: bin };
  const { pid = 0 } = spawn(TERRAFORM_WRAPPER, ['apply'], { detached: true, stdio: 'ignore', env });
  await appears('began');
  process.kill(-pid, 'SIGKILL');
  expect(existsSync(path.join(bin, 'ended'))).toBe(false);
  await appears('ended');
});

async function appears(name: string): Promise<void> {
  while (!existsSync(path.join(bin, name))) await new Promise((resolve) => setTimeout(resolve, 20));
}
