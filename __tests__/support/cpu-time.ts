/** Measures processor time, which other programs lengthen only a little. */

/** The time has spikes, because it includes the threads of the garbage collector. The fastest of these runs counts. */
const RUNS = 3;

/**
 * Runs an action, and repeats it while it takes too long.
 * @param limitMs the time that it may take, in milliseconds
 * @returns the result and the milliseconds of the fastest run
 */
export async function fastestRun<T>(
  limitMs: number,
  action: () => T | Promise<T>,
): Promise<{ readonly result: T; readonly ms: number }> {
  let fastest = await run(action);
  for (let count = 1; count < RUNS && fastest.ms >= limitMs; count += 1) {
    const next = await run(action);
    if (next.ms < fastest.ms) fastest = next;
  }
  return fastest;
}

async function run<T>(action: () => T | Promise<T>): Promise<{ readonly result: T; readonly ms: number }> {
  const start = process.cpuUsage();
  const result = await action();
  const { user, system } = process.cpuUsage(start);
  return { result, ms: (user + system) / 1000 };
}
