/** API keys, and the usage plans that they are good for. */
import type { ThrottleDeployment, UsagePlanDeployment } from '../../deployment';
import { Throttle } from '../throttle';

interface KeyInPlan {
  readonly limit: ThrottleDeployment;
  /** A key has a bucket of its own. */
  readonly throttle: Throttle;
}

export class UsagePlans {
  private readonly keys: ReadonlyMap<string, KeyInPlan>;

  constructor(plans: readonly UsagePlanDeployment[]) {
    this.keys = new Map(
      plans.flatMap(({ keys, throttle: limit }) =>
        keys.map(({ value }) => [value, { limit, throttle: new Throttle(limit.rate, limit.burst) }] as const),
      ),
    );
  }

  /** Undefined for a key that is in no plan of this stage, and for none at all. */
  of(key: string | undefined): KeyInPlan | undefined {
    return key === undefined ? undefined : this.keys.get(key);
  }
}
