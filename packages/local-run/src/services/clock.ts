/**
 * Milliseconds of a monotonic clock that all threads share. Only differences mean something. `performance.now()` does not
 * serve: it starts anew in each thread.
 */
export function sharedNow(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}
