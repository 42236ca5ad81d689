/**
 * The invocations that a busy instance is to begin with next. They lie with the instance's thread already, which so has
 * something to do the moment it is done; until it begins with one, its pool may take it back. Both ask here, in shared
 * memory, and one gets it.
 */

/** The number of those that have not begun is in the lower bits, that of the times that they were taken back above. */
const BITS = 6;
const MOST = (1 << BITS) - 1;
const LAST_BATCH = 2 ** (31 - BITS) - 1;

export class Turns {
  private readonly word: Int32Array;
  /** Those that were given since the last were taken back. */
  private batch = 0;

  /** @param shared what the other thread's has */
  constructor(readonly shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.word = new Int32Array(shared);
  }

  /** In the pool's thread; at most 63 may not have begun. @returns the batch by which the invocation is known */
  give(): number {
    Atomics.add(this.word, 0, 1);
    return this.batch;
  }

  /** In the pool's thread. @returns how many of those that were given have not begun, and will not: the last ones */
  takeBack(): number {
    this.batch = this.batch === LAST_BATCH ? 0 : this.batch + 1;
    return Atomics.exchange(this.word, 0, this.batch << BITS) & MOST;
  }

  /** In the instance's thread, in the order in which they were given. @returns whether it is to begin with this one */
  begin(batch: number): boolean {
    for (;;) {
      const word = Atomics.load(this.word, 0);
      if (word >> BITS !== batch || (word & MOST) === 0) return false;
      if (Atomics.compareExchange(this.word, 0, word, word - 1) === word) return true;
    }
  }
}
