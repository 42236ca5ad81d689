/** Waits for what a deploy is at, told by the locks of its states. */
import type { Deployment } from './deployment';
import type { Held } from './recorder';
import type { Started } from './run';

/** How long it may take, in ms. */
const PATIENCE_MS = 120_000;

/** Waits until a state is locked. @returns the keys of the locks */
export function locked(deployment: Deployment): Promise<readonly string[]> {
  return locks(deployment, ({ length }) => length > 0);
}

/** Waits until no state is locked. */
export async function unlocked(deployment: Deployment): Promise<void> {
  await locks(deployment, ({ length }) => length === 0);
}

/**
 * Waits until a deploy is at work: at a call that is held back, or, where none can be, under its lock.
 * @throws Error when it ends before
 */
export async function atWork(deployment: Deployment, deploy: Started, held: Held | undefined): Promise<void> {
  const ended = deploy.ended.then(({ status, output }) => {
    throw new Error(`The deploy ended with status ${status} before it was to be ended:\n${output.slice(-4000)}`);
  });
  await Promise.race([held ? held.arrived : locked(deployment), ended]);
  // From here on its end is what is wanted.
  ended.catch(() => undefined);
}

/** Asks the bucket for its locks until they are as wanted; polls, as S3 tells nobody. */
async function locks(
  deployment: Deployment,
  wanted: (locks: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const seen = await deployment.locks();
    if (wanted(seen)) return seen;
    if (performance.now() > until) throw new Error(`The locks are still ${JSON.stringify(seen)}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
