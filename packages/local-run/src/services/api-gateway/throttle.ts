/** API Gateway's throttles: token buckets. */
import type { ThrottleDeployment } from '../../model/deployment';

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

interface NamedThrottle {
  readonly throttle: Throttle;
  readonly limit: ThrottleDeployment;
  /** For the log. */
  readonly of: 'stage' | 'route';
}

/** The throttles of an API: routes with limits of their own have a bucket each, all others share the stage's. */
export class Throttles {
  private readonly stage: NamedThrottle;
  private readonly routes = new Map<ThrottleDeployment, NamedThrottle>();

  constructor(limit: ThrottleDeployment) {
    this.stage = { throttle: new Throttle(limit.rate, limit.burst), limit, of: 'stage' };
  }

  of({ throttle: limit }: { readonly throttle?: ThrottleDeployment }): NamedThrottle {
    if (!limit) return this.stage;
    const known = this.routes.get(limit);
    if (known) return known;
    const own = { throttle: new Throttle(limit.rate, limit.burst), limit, of: 'route' as const };
    this.routes.set(limit, own);
    return own;
  }
}
