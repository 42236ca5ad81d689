/**
 * Limits the unread output of an instance. Above the limit, the instance blocks until its pool reads, as a process blocks on
 * a full pipe. Without the limit, a handler that logs in a loop would fill the memory of the whole run.
 */

const MAX_UNREAD_CHARACTERS = 128 * 1024;

export class OutputLimit {
  private readonly unread: Int32Array;

  /** @param shared memory of the OutputLimit in the other thread. @default new memory */
  constructor(readonly shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.unread = new Int32Array(shared);
  }

  /** Counts output that the instance has sent. Blocks the thread while too much output is unread. */
  countSent(characters: number): void {
    let unread = Atomics.add(this.unread, 0, characters) + characters;
    while (unread > MAX_UNREAD_CHARACTERS) {
      Atomics.wait(this.unread, 0, unread);
      unread = Atomics.load(this.unread, 0);
    }
  }

  /** Counts output that the pool has read. */
  countReceived(characters: number): void {
    Atomics.sub(this.unread, 0, characters);
    Atomics.notify(this.unread, 0);
  }
}
