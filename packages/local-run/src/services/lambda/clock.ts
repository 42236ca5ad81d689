/** A clock that all threads share; `performance.now()` begins with each. */

/** In ms, of use only beside another one. */
export function sharedNow(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}
