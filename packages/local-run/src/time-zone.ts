/** Functions run in UTC, as in Lambda. Printed times are in the time zone of the machine. */

/** Offset of the machine from UTC in ms at the start. A later change to summer time does not change it. */
const OFFSET_MS = -new Date().getTimezoneOffset() * 60_000;

/**
 * Sets the time zone of this process to UTC. Threads, and so functions, use the time zone of their process (Lambda developer
 * guide, "Defined runtime environment variables": TZ).
 * @returns the previous TZ, for child processes; undefined when it was not set
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
