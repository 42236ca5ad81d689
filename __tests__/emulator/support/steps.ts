/** The steps of one session: after a failure the others would only show its consequences. */
import { progress } from './progress';

let failure = false;

/** Jest cannot skip a test once it runs; without a stack this is a line. */
const notRun = Object.assign(new Error(), { stack: 'Not run: a step before it failed.' });

/** @param skipped why it is left out */
export function step(name: string, run: () => Promise<void>, skipped?: string): void {
  if (skipped !== undefined) {
    progress(`skipped: ${name}, because ${skipped}`);
    test.skip(name, run);
    return;
  }
  test(name, async () => {
    if (failure) throw notRun;
    failure = true;
    progress(name);
    await run();
    failure = false;
  });
}

/** Whether a step failed. */
export function failed(): boolean {
  return failure;
}
