/** Time zones: functions run in UTC, as in Lambda; printed times are in the time zone of the machine. */

/** Offset of the machine from UTC in ms, read once at the start. It stays the same when summer time begins. */
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

/** Formats a time in the machine's time zone: `10:00:00`. */
export function clockOf(now: number): string {
  return new Date(now + OFFSET_MS).toISOString().slice(11, 19);
}
