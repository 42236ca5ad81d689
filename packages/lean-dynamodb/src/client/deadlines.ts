/** Time limits of requests, with one timer for all: to set and clear one for each is what a fortieth of a request goes into. */

export class Deadlines {
  private readonly pending = new Map<() => void, number>();
  private timer: NodeJS.Timeout | undefined;

  /**
   * Calls `expire` after so many milliseconds.
   * @returns what calls it off
   */
  set(milliseconds: number, expire: () => void): () => void {
    this.pending.set(expire, performance.now() + milliseconds);
    // One that is set already ends earlier, or looks again.
    this.timer ??= this.wait(milliseconds);
    return () => this.pending.delete(expire);
  }

  /** The connection of a request keeps the process alive; a limit that is left over does not. */
  private wait(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.look(), Math.ceil(milliseconds)).unref();
  }

  private look(): void {
    const now = performance.now();
    let next = Number.POSITIVE_INFINITY;
    for (const [expire, at] of this.pending) {
      if (at > now) next = Math.min(next, at);
      else {
        this.pending.delete(expire);
        expire();
      }
    }
    this.timer = next === Number.POSITIVE_INFINITY ? undefined : this.wait(next - now);
  }
}
