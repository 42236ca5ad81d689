/** Runs Terraform in a stack's folder; what it prints is shown as it comes, or kept for the error. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Terraform could not be run, or failed; the message has what it printed, unless that was shown already. */
export class TerraformError extends Error {
  override readonly name = 'TerraformError';
}

export interface TerraformOptions {
  /** Whether its output goes to this process's output as it comes. @default false */
  readonly show?: boolean;
  /** Exit statuses that are no failure. @default [0] */
  readonly statuses?: readonly number[];
}

export interface TerraformResult {
  readonly status: number;
  readonly stdout: string;
}

/**
 * @param folder where the stack's cdk.tf.json is
 * @throws TerraformError
 */
export async function terraform(
  folder: string,
  args: readonly string[],
  { show = false, statuses = [0] }: TerraformOptions = {},
): Promise<TerraformResult> {
  const child = spawn('terraform', args, { cwd: folder, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let all = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    all += chunk.toString();
    if (show) process.stdout.write(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    all += chunk.toString();
    if (show) process.stderr.write(chunk);
  });
  // Ctrl-C reaches Terraform too, which then ends in order and gives its lock back: wait for it.
  const wait = () => undefined;
  process.on('SIGINT', wait);
  try {
    const status = await new Promise<number>((resolve, reject) => {
      child.once('error', (error) => reject(notRun(error)));
      child.once('close', (code, signal) => {
        if (code !== null) resolve(code);
        else reject(new TerraformError(`terraform ${args[0]} was ended by ${signal}.`));
      });
    });
    if (statuses.includes(status)) return { status, stdout };
    throw new TerraformError(
      `terraform ${args[0]} ended with status ${status} in ${folder}.${show ? '' : `\n${all.trim()}`}`,
    );
  } finally {
    process.off('SIGINT', wait);
  }
}

/** Variables for Terraform: none of its questions, no call home, and what an emulator of S3 needs. */
export function environment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const given: NodeJS.ProcessEnv = { ...env, TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1' };
  // Buckets as host names are for AWS alone.
  if (env['AWS_ENDPOINT_URL']) given['AWS_S3_USE_PATH_STYLE'] ??= 'true';
  // Terraform warns at every call of a configuration file that is named but is not there.
  if (env['TF_CLI_CONFIG_FILE'] && !existsSync(env['TF_CLI_CONFIG_FILE'])) delete given['TF_CLI_CONFIG_FILE'];
  return given;
}

function notRun(error: NodeJS.ErrnoException): TerraformError {
  return new TerraformError(
    error.code === 'ENOENT'
      ? 'There is no terraform on the PATH. .terraform-version says which one the project wants.'
      : `terraform could not be run: ${error.message}`,
  );
}
