/** Time limits of requests, with one timer for all: a timer for each request costs measurable CPU. */

export class Deadlines {
  private readonly pending = new Map<() => void, number>();
  private timer: NodeJS.Timeout | undefined;

  /**
   * Calls `expire` after a time, unless it is cancelled.
   * @returns cancels the limit
   */
  set(milliseconds: number, expire: () => void): () => void {
    this.pending.set(expire, performance.now() + milliseconds);
    // A running timer ends earlier, or starts again.
    this.timer ??= this.wait(milliseconds);
    return () => this.pending.delete(expire);
  }

  /** The connection of a request keeps the process alive; an unused limit does not. */
  private wait(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.expirePassed(), Math.ceil(milliseconds)).unref();
  }

  private expirePassed(): void {
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
