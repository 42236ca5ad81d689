/**
 * Texts from one thread to another one, in shared memory: a message would wake the other for each. One thread adds, one takes.
 */

/** Of bytes, a multiple of four. */
const SIZE = 256 * 1024;
/** Before each text: how many bytes it has. */
const LENGTH = Int32Array.BYTES_PER_ELEMENT;
/** In place of a length: the next text is at the beginning, as it did not fit here. */
const AT_START = -1;

/** Where the next text is to be written, and to be read; where both are the same there is none. */
const [WRITE, READ] = [0, 1];
const POSITIONS = 2 * LENGTH;

export class SharedTexts {
  private readonly positions: Int32Array;
  private readonly lengths: Int32Array;
  private readonly bytes: Buffer;

  /** @param shared what the other thread's has */
  constructor(readonly shared = new SharedArrayBuffer(POSITIONS + SIZE)) {
    this.positions = new Int32Array(shared, 0, 2);
    this.lengths = new Int32Array(shared, POSITIONS);
    this.bytes = Buffer.from(shared, POSITIONS);
  }

  get isEmpty(): boolean {
    return Atomics.load(this.positions, WRITE) === Atomics.load(this.positions, READ);
  }

  /** Whether more than half of it lies there and has not been taken. */
  get isHalfFull(): boolean {
    const used = Atomics.load(this.positions, WRITE) - Atomics.load(this.positions, READ);
    return (used < 0 ? used + SIZE : used) > SIZE / 2;
  }

  /** Adds it; while there is no room for it the thread waits, and does nothing else. */
  addWaiting(text: string, beforeWaiting: () => void): void {
    for (;;) {
      const first = Atomics.load(this.positions, READ);
      if (this.add(text)) return;
      beforeWaiting();
      Atomics.wait(this.positions, READ, first);
    }
  }

  /** @returns whether there was room for it */
  add(text: string): boolean {
    const length = Buffer.byteLength(text);
    const size = LENGTH + padded(length);
    const end = Atomics.load(this.positions, WRITE);
    const start = this.room(end, size);
    if (start === undefined) return false;
    if (start !== end) this.lengths[end / LENGTH] = AT_START;
    this.lengths[start / LENGTH] = length;
    this.bytes.write(text, start + LENGTH);
    Atomics.store(this.positions, WRITE, (start + size) % SIZE);
    return true;
  }

  /** All that there is, the oldest first. */
  take(): string[] {
    const texts: string[] = [];
    const end = Atomics.load(this.positions, WRITE);
    let position = Atomics.load(this.positions, READ);
    while (position !== end) {
      const length = this.lengths[position / LENGTH] ?? 0;
      if (length === AT_START) position = 0;
      else {
        const start = position + LENGTH;
        texts.push(this.bytes.toString('utf8', start, start + length));
        position = (start + padded(length)) % SIZE;
      }
    }
    if (texts.length > 0) {
      Atomics.store(this.positions, READ, position);
      Atomics.notify(this.positions, READ);
    }
    return texts;
  }

  /** Where so many bytes fit. Some are always left, so that what is full does not look empty. */
  private room(end: number, size: number): number | undefined {
    const first = Atomics.load(this.positions, READ);
    if (end < first) return size < first - end ? end : undefined;
    if (size < SIZE - end || (size === SIZE - end && first > 0)) return end;
    return size < first ? 0 : undefined;
  }
}

function padded(length: number): number {
  return Math.ceil(length / LENGTH) * LENGTH;
}
