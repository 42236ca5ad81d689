import { isInspected } from '../inspected';

/**
 * Waits for a promise for a limited time. After a timeout, the work behind the promise continues, like a Lambda invocation.
 * With a debugger, there is no timeout.
 * @returns undefined after a timeout
 */
export function withTimeout<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  if (isInspected()) return promise;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds, undefined);
    const clear = () => clearTimeout(timer);
    promise.then(clear, clear);
    promise.then(resolve, reject);
  });
}
