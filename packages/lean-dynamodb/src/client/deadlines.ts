/** Times out requests with one shared timer. A timer for each request would cost measurable CPU time. */

export class Deadlines {
  private readonly pending = new Map<() => void, number>();
  private timer: NodeJS.Timeout | undefined;
  /** When the timer fires, as a time of performance.now(). */
  private timerAt = Number.POSITIVE_INFINITY;

  /**
   * Calls `expire` after a time.
   * @returns a function that cancels the call
   */
  set(milliseconds: number, expire: () => void): () => void {
    const now = performance.now();
    this.pending.set(expire, now + milliseconds);
    // An earlier timer restarts for this deadline when it fires.
    if (now + milliseconds < this.timerAt) this.startTimer(now, now + milliseconds);
    return () => this.pending.delete(expire);
  }

  /** The timer does not keep the process alive. The connection of a pending request does. */
  private startTimer(now: number, at: number): void {
    clearTimeout(this.timer);
    this.timerAt = at;
    this.timer = setTimeout(() => this.expireDue(), Math.ceil(at - now)).unref();
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
    this.timerAt = Number.POSITIVE_INFINITY;
    if (next < this.timerAt) this.startTimer(now, next);
  }
}
