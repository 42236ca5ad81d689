/**
 * The invocation that a busy instance is to begin with next. It lies with the instance's thread already, which so has
 * something to do the moment it is done; until then its pool may take it back. Both ask here, in shared memory, and one gets it.
 */

const NOBODY = 0;

export class Turn {
  private readonly next: Int32Array;
  private given = NOBODY;

  /** @param shared what the other thread's has */
  constructor(readonly shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.next = new Int32Array(shared);
  }

  /** Whether what was given before has been begun, or taken back: only then another one may be given. */
  get isFree(): boolean {
    return Atomics.load(this.next, 0) === NOBODY;
  }

  /** In the pool's thread. @returns the number by which the invocation is known */
  give(): number {
    this.given += 1;
    Atomics.store(this.next, 0, this.given);
    return this.given;
  }

  /** In the pool's thread. @returns whether what was given last is not begun, and will not be */
  takeBack(): boolean {
    return this.get(this.given);
  }

  /** In the instance's thread. @returns whether it is to begin with this one */
  begin(turn: number): boolean {
    return this.get(turn);
  }

  private get(turn: number): boolean {
    return Atomics.compareExchange(this.next, 0, turn, NOBODY) === turn;
  }
}
