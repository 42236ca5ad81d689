/** dynalite makes the id of each answer of 39 random bytes; OpenSSL takes 10 µs for them, and hardly more for hundreds of such. */
import type crypto from 'node:crypto';

const POOL_BYTES = 4096;

/** @param module what dynalite requires, in whose place it finds this */
export function poolRandomBytes(module: Pick<typeof crypto, 'randomBytes'>): void {
  const { randomBytes } = module;
  let pool = Buffer.alloc(0);
  let used = 0;
  const pooled = (size: number, callback?: (error: Error | null, bytes: Buffer) => void): Buffer | undefined => {
    if (callback) {
      randomBytes(size, callback);
      return undefined;
    }
    if (used + size > pool.length) {
      pool = randomBytes(Math.max(size, POOL_BYTES));
      used = 0;
    }
    used += size;
    return pool.subarray(used - size, used);
  };
  module.randomBytes = Object.assign(pooled, randomBytes);
}
