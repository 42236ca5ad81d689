/** Runs Terraform in a stack's folder. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

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
  /** The program. TERRAFORM_WRAPPER lets Terraform finish when this process is killed. @default 'terraform' */
  readonly command?: string;
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
  { show = false, statuses = [0], command = 'terraform' }: TerraformOptions = {},
): Promise<TerraformResult> {
  const child = spawn(command, args, {
    cwd: folder,
    env: terraformEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    output += chunk.toString();
    if (show) process.stdout.write(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (show) process.stderr.write(chunk);
  });
  // Ctrl-C also reaches Terraform, which then stops cleanly and releases its lock. This process waits for it.
  const ignoreInterrupt = () => undefined;
  process.on('SIGINT', ignoreInterrupt);
  try {
    const status = await new Promise<number>((resolve, reject) => {
      child.once('error', (error) => reject(startError(error)));
      child.once('close', (code, signal) => {
        if (code !== null) resolve(code);
        else reject(new TerraformError(`terraform ${args[0]} was ended by ${signal}.`));
      });
    });
    if (statuses.includes(status)) return { status, stdout };
    const details = show ? '' : `\n${output.trim()}`;
    const advice = CREDENTIALS_ERROR.test(output) ? `\n${CREDENTIALS_ADVICE}` : '';
    throw new TerraformError(`terraform ${args[0]} ended with status ${status} in ${folder}.${details}${advice}`);
  } finally {
    process.off('SIGINT', ignoreInterrupt);
  }
}

/** Environment variables for Terraform: no questions, no version check, and path-style buckets for an emulator. */
export function terraformEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const result: NodeJS.ProcessEnv = { ...env, TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1' };
  // An emulator has no host name for each bucket.
  if (env['AWS_ENDPOINT_URL']) result['AWS_S3_USE_PATH_STYLE'] ??= 'true';
  // Terraform warns at every call when its configuration file does not exist.
  if (env['TF_CLI_CONFIG_FILE'] && !existsSync(env['TF_CLI_CONFIG_FILE'])) delete result['TF_CLI_CONFIG_FILE'];
  return result;
}

function startError(error: NodeJS.ErrnoException): TerraformError {
  return new TerraformError(
    error.code === 'ENOENT'
      ? 'There is no terraform on the PATH. Install the version that .terraform-version names.'
      : `terraform could not be started: ${error.message}`,
  );
}
