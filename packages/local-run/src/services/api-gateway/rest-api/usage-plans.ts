/** API keys and their usage plans. */
import type { QuotaDeployment, ThrottleDeployment, UsagePlanDeployment } from '../../../model/deployment';
import { formatLimits, Throttle } from '../throttle';

/** The remaining tokens and quota of an API key for a method. Each key of a usage plan has separate buckets and a quota. */
export interface KeyUsage {
  readonly throttle: Throttle;
  readonly quota: Quota;
  /** The throttle, for the log. */
  readonly limitText: string;
}

interface KeyUsages {
  /** The usage for methods without a throttle of their own. */
  readonly plan: KeyUsage;
  /** By route key. */
  readonly methods: ReadonlyMap<string, KeyUsage>;
}

export class UsagePlans {
  private readonly keys = new Map<string, KeyUsages>();

  constructor(plans: readonly UsagePlanDeployment[]) {
    for (const { keys, throttle, methodThrottles = {}, quota: limit } of plans) {
      for (const { value } of keys) {
        const quota = new Quota(limit);
        const methods = Object.entries(methodThrottles).map(
          ([routeKey, methodThrottle]) => [routeKey, keyUsage(methodThrottle, quota)] as const,
        );
        this.keys.set(value, { plan: keyUsage(throttle, quota), methods: new Map(methods) });
      }
    }
  }

  /** @returns undefined when the key is in no usage plan of this stage */
  find(key: string, routeKey: string): KeyUsage | undefined {
    const usages = this.keys.get(key);
    return usages?.methods.get(routeKey) ?? usages?.plan;
  }
}

function keyUsage(limits: ThrottleDeployment, quota: Quota): KeyUsage {
  return { throttle: new Throttle(limits.rate, limits.burst), quota, limitText: formatLimits(limits) };
}

/** Counts the requests of a key in a period. The local run counts from its start, and never begins a new period. */
export class Quota {
  private remaining: number;

  constructor(private readonly quota: QuotaDeployment | undefined) {
    this.remaining = quota ? quota.limit - (quota.offset ?? 0) : Number.POSITIVE_INFINITY;
  }

  /** The quota, for the log. */
  get text(): string {
    return `${this.quota?.limit ?? 'none'} a ${(this.quota?.period ?? '').toLowerCase()}`;
  }

  /** Counts a request. @returns false when the quota is used up */
  take(): boolean {
    if (this.remaining < 1) return false;
    this.remaining -= 1;
    return true;
  }
}
