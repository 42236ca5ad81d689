/** Throttles of API Gateway, which are token buckets. */
import type { ThrottleDeployment } from '../../model/deployment';

export class Throttle {
  private tokens: number;
  private last: number;

  /**
   * @param rate tokens that are added each second
   * @param burst the maximum number of tokens
   * @param now milliseconds of a monotonic clock
   */
  constructor(
    private readonly rate: number,
    private readonly burst: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.tokens = burst;
    this.last = now();
  }

  /** Takes a token for a request. @returns false when the bucket is empty: the request is throttled */
  take(): boolean {
    const now = this.now();
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.last) / 1000) * this.rate);
    this.last = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}

export interface NamedThrottle {
  readonly throttle: Throttle;
  readonly scope: 'stage' | 'route';
  /** For the log. */
  readonly limitText: string;
}

/** The throttles of an API. A route with limits has a separate bucket. The other routes share the stage's bucket. */
export class Throttles {
  private readonly stage: NamedThrottle;
  private readonly routes = new Map<ThrottleDeployment, NamedThrottle>();

  constructor(limit: ThrottleDeployment) {
    this.stage = createNamedThrottle('stage', limit);
  }

  find({ throttle: limit }: { readonly throttle?: ThrottleDeployment }): NamedThrottle {
    if (!limit) return this.stage;
    const throttle = this.routes.get(limit) ?? createNamedThrottle('route', limit);
    this.routes.set(limit, throttle);
    return throttle;
  }
}

/** Formats limits for the log. */
export function formatLimits({ rate, burst }: ThrottleDeployment): string {
  return `rate ${rate}, burst ${burst}`;
}

function createNamedThrottle(scope: NamedThrottle['scope'], limit: ThrottleDeployment): NamedThrottle {
  return { scope, throttle: new Throttle(limit.rate, limit.burst), limitText: formatLimits(limit) };
}
