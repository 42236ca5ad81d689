/** API Gateway's throttle: a token bucket. */

export class Throttle {
  private tokens: number;
  private last: number;

  /**
   * @param rate tokens that come back each second
   * @param burst the bucket's depth
   * @param now milliseconds, from any clock that only goes forward
   */
  constructor(
    private readonly rate: number,
    private readonly burst: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.tokens = burst;
    this.last = now();
  }

  /** Takes a token; false: the request is one too many. */
  take(): boolean {
    const now = this.now();
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.last) / 1000) * this.rate);
    this.last = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
