/** API keys, and the usage plans that they are good for. */
import type { QuotaDeployment, ThrottleDeployment, UsagePlanDeployment } from '../../../model/deployment';
import { Throttle } from '../throttle';

interface KeyInPlan {
  readonly limit: ThrottleDeployment;
  /** A key has a bucket and a quota of its own. */
  readonly throttle: Throttle;
  readonly quota: Quota;
}

export class UsagePlans {
  private readonly keys: ReadonlyMap<string, KeyInPlan>;

  constructor(plans: readonly UsagePlanDeployment[]) {
    this.keys = new Map(
      plans.flatMap(({ keys, throttle: limit, quota }) =>
        keys.map(
          ({ value }) =>
            [value, { limit, throttle: new Throttle(limit.rate, limit.burst), quota: new Quota(quota) }] as const,
        ),
      ),
    );
  }

  /** Undefined for a key that is in no plan of this stage, and for none at all. */
  of(key: string | undefined): KeyInPlan | undefined {
    return key === undefined ? undefined : this.keys.get(key);
  }
}

/** Requests that a key may make in a period; a run of this machine is taken for one. */
export class Quota {
  private left: number;

  constructor(private readonly quota: QuotaDeployment | undefined) {
    this.left = quota?.limit ?? Number.POSITIVE_INFINITY;
  }

  /** For the log. */
  get text(): string {
    return `${this.quota?.limit ?? 'none'} a ${(this.quota?.period ?? '').toLowerCase()}`;
  }

  /** Takes one request; false: it is one too many. */
  take(): boolean {
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
