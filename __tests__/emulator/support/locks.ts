/** Waits until a deploy holds its locks, or has released them. */
import type { Deployment } from './deployment';
import type { HeldRequest } from './recorder';
import type { StartedCommand } from './run';

const TIMEOUT_MS = 120_000;

/** Waits until a state is locked. @returns the keys of the locks */
export function waitForLocks(deployment: Deployment): Promise<readonly string[]> {
  return pollLocks(deployment, ({ length }) => length > 0);
}

/** Waits until no state is locked. */
export async function waitForUnlock(deployment: Deployment): Promise<void> {
  await pollLocks(deployment, ({ length }) => length === 0);
}

/**
 * Waits until a command has started its work: until the held request arrives. Without a held request, waits until a state is
 * locked.
 * @throws Error when the command ends first
 */
export async function waitUntilRunning(
  deployment: Deployment,
  command: StartedCommand,
  held: HeldRequest | undefined,
): Promise<void> {
  const ended = command.ended.then(({ status, output }) => {
    throw new Error(`The command ended with status ${status} before it started its work:\n${output.slice(-4000)}`);
  });
  await Promise.race([held ? held.arrived : waitForLocks(deployment), ended]);
  // From now on, the end of the command is no error.
  ended.catch(() => undefined);
}

/** Polls the locks in the bucket, because S3 sends no events here. */
async function pollLocks(
  deployment: Deployment,
  isExpected: (locks: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const deadline = performance.now() + TIMEOUT_MS;
  for (;;) {
    const locks = await deployment.locks();
    if (isExpected(locks)) return locks;
    if (performance.now() > deadline) throw new Error(`The locks are still ${JSON.stringify(locks)}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
