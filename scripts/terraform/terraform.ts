/** Runs Terraform, or the program in its place, in a stack's folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import path from 'node:path';
import { followFile } from './follow-file';
import { missingProgram, TERRAFORM_WRAPPER, terraformProgram, unusableProgram } from './program';

/** Terraform could not start, or failed. The message includes Terraform's output, unless the output was already shown. */
export class TerraformError extends Error {
  override readonly name = 'TerraformError';
}

/** Errors of the AWS provider and of the S3 backend about credentials that are missing, wrong or expired. */
const CREDENTIALS_ERROR =
  /No valid credential sources|refresh cached credentials|InvalidClientTokenId|InvalidAccessKeyId|ExpiredToken|SSO session has expired/;

const CREDENTIALS_ADVICE = 'Terraform found no valid AWS credentials. Check AWS_PROFILE, or sign in.';

export interface TerraformOptions {
  /** Whether to show Terraform's output while it runs. @default false */
  readonly show?: boolean;
  /** Exit statuses that mean success. @default [0] */
  readonly statuses?: readonly number[];
  /** The program. TERRAFORM_WRAPPER lets Terraform finish when this process is interrupted. @default terraformProgram() */
  readonly command?: string;
  /**
   * A file, relative to the folder, for Terraform's output, which is also shown while Terraform runs. With it, Terraform finishes
   * when this process is killed: the pipes of a killed process break, and Terraform would end at its next line.
   * @default pipes
   */
  readonly logFile?: string;
}

export interface TerraformResult {
  readonly status: number;
  readonly stdout: string;
}

/**
 * Runs a Terraform command and waits for its end.
 * @param folder the folder with the stack's cdk.tf.json
 * @throws TerraformError when it cannot start, when a signal ends it, or when its status is not one of `statuses`
 */
export async function terraform(
  folder: string,
  args: readonly string[],
  { show = false, statuses = [0], command = terraformProgram(), logFile }: TerraformOptions = {},
): Promise<TerraformResult> {
  const name = `${programName(command)} ${args[0]}`;
  const started =
    logFile === undefined ? startWithPipes(folder, args, command, show) : startWithFile(folder, args, command, logFile);
  // Ctrl-C also reaches Terraform, which then stops cleanly and releases its lock. This process waits for it.
  const ignoreInterrupt = () => undefined;
  process.on('SIGINT', ignoreInterrupt);
  const status = await statusOf(started.child, name, command).finally(() => {
    process.off('SIGINT', ignoreInterrupt);
    started.close();
  });
  const { stdout, output } = started.printed;
  if (statuses.includes(status)) return { status, stdout };
  const details = show || logFile !== undefined ? '' : `\n${output.trim()}`;
  const advice = CREDENTIALS_ERROR.test(output) ? `\n${CREDENTIALS_ADVICE}` : '';
  throw new TerraformError(`${name} ended with status ${status} in ${folder}.${details}${advice}`);
}

/** @throws TerraformError when it cannot start, or when a signal ends it */
function statusOf(child: ChildProcess, name: string, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(startError(error, command)));
    child.once('close', (code, signal) => {
      if (code !== null) resolve(code);
      else reject(new TerraformError(`${name} was ended by ${signal}.`));
    });
  });
}

interface StartedTerraform {
  readonly child: ChildProcess;
  /** What Terraform has printed; `output` contains errors too. */
  readonly printed: { stdout: string; output: string };
  /** Reads the rest of the output after Terraform's end. */
  close(): void;
}

function startWithPipes(folder: string, args: readonly string[], command: string, show: boolean): StartedTerraform {
  const child = spawn(command, args, { cwd: folder, env: terraformEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { stdout: '', output: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    printed.stdout += chunk.toString();
    printed.output += chunk.toString();
    if (show) process.stdout.write(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    printed.output += chunk.toString();
    if (show) process.stderr.write(chunk);
  });
  return { child, printed, close: () => undefined };
}

function startWithFile(folder: string, args: readonly string[], command: string, name: string): StartedTerraform {
  const file = path.join(folder, name);
  const descriptor = openSync(file, 'w');
  const stdio = ['ignore', descriptor, descriptor] as const;
  const child = spawn(command, args, { cwd: folder, env: terraformEnvironment(), stdio: [...stdio] });
  closeSync(descriptor);
  const printed = { stdout: '', output: '' };
  const close = followFile(file, (text) => {
    printed.stdout += text;
    printed.output += text;
    process.stdout.write(text);
  });
  return { child, printed, close };
}

/**
 * Environment variables for Terraform: no questions, no version check, the program for TERRAFORM_WRAPPER, and path-style buckets for an
 * emulator.
 */
export function terraformEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const result: NodeJS.ProcessEnv = {
    ...env,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    WRAPPED_TERRAFORM: terraformProgram(env),
  };
  // An emulator has no host name for each bucket.
  if (env['AWS_ENDPOINT_URL']) result['AWS_S3_USE_PATH_STYLE'] ??= 'true';
  // Terraform warns at every call when its configuration file does not exist.
  if (env['TF_CLI_CONFIG_FILE'] && !existsSync(env['TF_CLI_CONFIG_FILE'])) delete result['TF_CLI_CONFIG_FILE'];
  return result;
}

function startError({ code, message }: NodeJS.ErrnoException, command: string): TerraformError {
  return new TerraformError(code === 'ENOENT' ? missingProgram(command) : unusableProgram(command, message));
}

/** The program for messages, for example `tofu`. */
function programName(command: string): string {
  return path.basename(command === TERRAFORM_WRAPPER ? terraformProgram() : command);
}
