/** API keys and their usage plans. */
import type { QuotaDeployment, UsagePlanDeployment } from '../../../model/deployment';
import { formatLimits, Throttle } from '../throttle';

/** The remaining tokens and quota of an API key. Each key of a usage plan has a separate bucket and quota. */
export interface KeyUsage {
  readonly throttle: Throttle;
  readonly quota: Quota;
  /** The throttle, for the log. */
  readonly limitText: string;
}

export class UsagePlans {
  private readonly keys = new Map<string, KeyUsage>();

  constructor(plans: readonly UsagePlanDeployment[]) {
    for (const { keys, throttle, quota } of plans) {
      for (const { value } of keys) {
        this.keys.set(value, {
          throttle: new Throttle(throttle.rate, throttle.burst),
          quota: new Quota(quota),
          limitText: formatLimits(throttle),
        });
      }
    }
  }

  /** @returns undefined when the key is in no usage plan of this stage */
  find(key: string): KeyUsage | undefined {
    return this.keys.get(key);
  }
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
