/** The time zone of functions is UTC, as Lambda's; what the run prints is in that of the machine. */

/** How far the machine is from UTC, in ms: as it was at the start, also after a change to summer time. */
const OFFSET_MS = -new Date().getTimezoneOffset() * 60_000;

/**
 * From here on this process has UTC: a thread, and so a function, has the time zone of its process (Lambda developer guide,
 * "Defined runtime environment variables": TZ).
 * @returns the variables that give a child process the time zone that was set before, or none
 */
export function useUtc(): NodeJS.ProcessEnv {
  const { TZ: before } = process.env;
  process.env['TZ'] = 'UTC';
  return { TZ: before };
}

/** `10:00:00` on the machine's clock. */
export function clockOf(now: number): string {
  return new Date(now + OFFSET_MS).toISOString().slice(11, 19);
}
