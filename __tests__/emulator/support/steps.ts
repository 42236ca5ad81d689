/** Runs the tests of a suite as steps: after a failed step, the next steps do not run. */
import { progress } from './progress';

let failure = false;

/** Fails the later steps, because Jest cannot skip a test that already runs. Without a real stack, Jest prints one line. */
const notRun = Object.assign(new Error(), { stack: 'Not run: an earlier step failed.' });

/** @param skipReason the reason to skip the step */
export function step(name: string, run: () => Promise<void>, skipReason?: string): void {
  if (skipReason !== undefined) {
    progress(`skipped: ${name}, because ${skipReason}`);
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
