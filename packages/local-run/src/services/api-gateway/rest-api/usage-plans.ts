/** API keys and their usage plans. */
import type { QuotaDeployment, UsagePlanDeployment } from '../../../model/deployment';
import { limitText, Throttle } from '../throttle';

/** What an API key has left. Each key of a usage plan has a bucket and a quota of its own. */
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
          limitText: limitText(throttle),
        });
      }
    }
  }

  /** @returns undefined when the key is in no usage plan of this stage */
  find(key: string): KeyUsage | undefined {
    return this.keys.get(key);
  }
}

/** The requests that a key may make in a period. The local run counts from its start and never begins another period. */
export class Quota {
  private left: number;

  constructor(private readonly quota: QuotaDeployment | undefined) {
    this.left = quota?.limit ?? Number.POSITIVE_INFINITY;
  }

  /** For the log. */
  get text(): string {
    return `${this.quota?.limit ?? 'none'} a ${(this.quota?.period ?? '').toLowerCase()}`;
  }

  /** Counts a request. @returns false when the quota is used up */
  take(): boolean {
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
