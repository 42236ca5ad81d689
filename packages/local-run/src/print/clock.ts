/** The time of day at the beginning of a line. */
import { clockOf } from '../time-zone';

let clockSecond = 0;
let clockText = '';

/** Returns the current time as `10:00:00`. Formats it once per second. */
export function clock(): string {
  const now = Math.floor(Date.now() / 1000);
  if (now !== clockSecond) {
    clockSecond = now;
    clockText = clockOf(now * 1000);
  }
  return clockText;
}
