/** Times out requests with one shared timer. A timer for each request would cost measurable CPU time. */

export class Deadlines {
  private readonly pending = new Map<() => void, number>();
  private timer: NodeJS.Timeout | undefined;

  /**
   * Calls `expire` after a time.
   * @returns a function that cancels the call
   */
  set(milliseconds: number, expire: () => void): () => void {
    this.pending.set(expire, performance.now() + milliseconds);
    // A timer that runs already ends earlier, or restarts for the next deadline.
    this.timer ??= this.startTimer(milliseconds);
    return () => this.pending.delete(expire);
  }

  /** The timer does not keep the process alive. The connection of a pending request does. */
  private startTimer(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.expireDue(), Math.ceil(milliseconds)).unref();
  }

  private expireDue(): void {
    const now = performance.now();
    let next = Number.POSITIVE_INFINITY;
    for (const [expire, at] of this.pending) {
      if (at > now) next = Math.min(next, at);
      else {
        this.pending.delete(expire);
        expire();
      }
    }
    this.timer = next === Number.POSITIVE_INFINITY ? undefined : this.startTimer(next - now);
  }
}
