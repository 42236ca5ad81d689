/** Runs cdktf, for `deploy` and `destroy`. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../project';
import { terraformEnvironment } from './terraform';

/** Terraform outlives cdktf: see terraform.sh. */
const INTERRUPTED =
  'Interrupted. Terraform is still running: it finishes the changes that it has started, and then releases the state lock. ' +
  'After that, repeat this command to make the remaining changes.';

/** cdktf could not start, or failed. After a failure, cdktf has already printed its error. */
export class CdktfError extends Error {
  override readonly name = 'CdktfError';

  /** @param interrupted whether the user interrupted it; Terraform is still running then */
  constructor(
    message: string,
    readonly interrupted = false,
  ) {
    super(message);
  }
}

/**
 * Runs the project's cdktf in the project's folder, and shows its output.
 * @param environment additional environment variables; cdktf also inherits the environment of this process
 * @throws CdktfError when it does not end with status 0
 */
export async function cdktf(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const command = path.join(ROOT, 'node_modules/.bin/cdktf');
  const child = spawn(command, args, {
    cwd: ROOT,
    env: {
      ...terraformEnvironment(),
      // Without a terminal, cdktf's spinner would print a line for each frame.
      ...(!process.stdout.isTTY && { CONTINUOUS_INTEGRATION: '1' }),
      ...environment,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  let interrupted = false;
  const onInterrupt = () => (interrupted = true);
  process.on('SIGINT', onInterrupt);
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('error', (error) => reject(new CdktfError(`${command}: ${error.message}. Run npm ci first.`)));
      child.once('close', (code, signal) => {
        if (code === 0) return resolve();
        const end = code === null ? `signal ${signal}` : `status ${code}`;
        reject(new CdktfError(interrupted ? INTERRUPTED : `cdktf ${args[0]} ended with ${end}.`, interrupted));
      });
    });
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}
