/** Terraform with a log file: its output is shown, and it finishes after this process is killed. `terraform` is a script here. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { followFile } from '../../../scripts/terraform/follow-file';
import { terraform } from '../../../scripts/terraform/terraform';
import { JITI, ROOT } from '../../support/local-run';

let folder: string;
let write: jest.SpyInstance;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'log-file-'));
  write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** Writes the script that runs in place of Terraform. @returns its path */
function fakeTerraform(...lines: string[]): string {
  const file = path.join(folder, 'terraform');
  writeFileSync(file, ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 });
  return file;
}

const shown = () => write.mock.calls.map(([text]) => String(text)).join('');
const waitForFile = async (name: string) => {
  while (!existsSync(path.join(folder, name))) await new Promise((resolve) => setTimeout(resolve, 20));
};

test('shows the output while Terraform runs, and returns all of it', async () => {
  const command = fakeTerraform('echo first', `while [ ! -e go ]; do sleep 0.02; done`, 'echo sécond >&2');
  const ended = terraform(folder, ['apply'], { command, logFile: 'apply.log' });
  while (!shown().includes('first\n')) await new Promise((resolve) => setTimeout(resolve, 20));
  writeFileSync(path.join(folder, 'go'), '');
  expect(await ended).toEqual({ status: 0, stdout: 'first\nsécond\n' });
  expect(shown()).toBe('first\nsécond\n');
  expect(readFileSync(path.join(folder, 'apply.log'), 'utf8')).toBe('first\nsécond\n');
});

test('a failure is reported without the output, which was shown, and with the advice', async () => {
  const command = fakeTerraform('echo "ExpiredToken: expired"', 'exit 3');
  await expect(terraform(folder, ['apply'], { command, logFile: 'apply.log' })).rejects.toThrow(
    `terraform apply ended with status 3 in ${folder}.\nTerraform found no valid AWS credentials.`,
  );
  expect(shown()).toBe('ExpiredToken: expired\n');
});

test('a command that does not exist is an error', async () => {
  const command = path.join(folder, 'missing');
  await expect(terraform(folder, ['apply'], { command, logFile: 'apply.log' })).rejects.toThrow(
    `There is no program ${command}, which TERRAFORM_BINARY_NAME names.`,
  );
});

test('a folder in place of a command is an error that names the variable', async () => {
  await expect(terraform(folder, ['apply'], { command: folder, logFile: 'apply.log' })).rejects.toThrow(
    `${folder}, which TERRAFORM_BINARY_NAME names, did not start: spawn ${folder} EACCES. Set this variable to an executable file,`,
  );
});

test('Terraform finishes when this process is killed, although it prints afterwards', async () => {
  const command = fakeTerraform(
    ...['echo started', 'touch began', 'while [ ! -e killed ]; do sleep 0.02; done'],
    ...['echo "after the kill"', 'echo "and again"', 'touch ended'],
  );
  const script = path.join(folder, 'run.ts');
  writeFileSync(
    script,
    `import { terraform } from '${ROOT}/scripts/terraform/terraform';
     void terraform('${folder}', ['apply'], { command: '${command}', logFile: 'apply.log' });`,
  );
  const child = spawn(process.execPath, [JITI, script], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  await waitForFile('began');
  const closed = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await closed;
  child.stdout.destroy();
  child.stderr.destroy();
  writeFileSync(path.join(folder, 'killed'), '');
  await waitForFile('ended');
  expect(readFileSync(path.join(folder, 'apply.log'), 'utf8')).toBe('started\nafter the kill\nand again\n');
});

test('a followed file is read to its end, also when a character is divided between two writes', () => {
  const file = path.join(folder, 'text');
  const parts: string[] = [];
  writeFileSync(file, Buffer.from([0x61, 0xc3]));
  const close = followFile(file, (text) => parts.push(text));
  writeFileSync(file, Buffer.from([0xa9]), { flag: 'a' });
  close();
  expect(parts.join('')).toBe('aé');
});
