/** Reads usage plans and their API keys. */
import type { QuotaDeployment, UsagePlanDeployment } from '../../model/deployment';
import { type NotSimulated, NotSimulatedError } from '../../model/not-simulated';
import type { Attributes, Resource } from './resource';
import { blockOf, checkValue, numberOf, type Resources } from './resources';
import { isUnknown } from './unknown';
import { readOrDescribe } from './read-or-describe';

/** A usage plan, or why the local run does not simulate it. */
export interface UsagePlan {
  readonly plan?: UsagePlanDeployment;
  readonly causes: readonly NotSimulated[];
}

/** The usage plans of a stage. */
export function readUsagePlans(apiId: string, stage: string, resources: Resources): UsagePlan[] {
  return resources
    .ofType('aws_api_gateway_usage_plan')
    .filter(({ attributes: { api_stages: stages = [] } }) =>
      (stages as readonly Attributes[]).some(
        (entry) => isUnknown(entry) || (entry['api_id'] === apiId && entry['stage'] === stage),
      ),
    )
    .map((plan) =>
      readOrDescribe<UsagePlan>(
        plan,
        () => ({ plan: readUsagePlan(plan, resources), causes: [] }),
        (causes) => ({ causes }),
      ),
    );
}

function readUsagePlan(plan: Resource, resources: Resources): UsagePlanDeployment {
  const throttle = blockOf(plan, 'throttle_settings');
  const quota = quotaOf(plan);
  const members = resources.where('aws_api_gateway_usage_plan_key', 'usage_plan_id', plan.attributes['id']);
  const causes = members.flatMap((member) => member.causes);
  if (causes.length > 0) throw new NotSimulatedError(causes);
  return {
    name: plan.attributes['name'] as string,
    throttle: {
      rate: numberOf(plan.address, throttle, 'rate_limit', Number.MAX_SAFE_INTEGER),
      burst: numberOf(plan.address, throttle, 'burst_limit', Number.MAX_SAFE_INTEGER),
    },
    ...(quota && { quota }),
    keys: members
      .map(({ attributes }) => resources.only('aws_api_gateway_api_key', 'id', attributes['key_id']))
      .map(({ attributes }) => ({ id: attributes['id'] as string, value: attributes['value'] as string })),
  };
}

function quotaOf(plan: Resource): QuotaDeployment | undefined {
  const block = blockOf(plan, 'quota_settings');
  if (block['limit'] === undefined) return undefined;
  checkValue({ ...plan, attributes: block }, 'period', ['DAY', 'WEEK', 'MONTH']);
  return {
    limit: numberOf(plan.address, block, 'limit', 0),
    ...(block['offset'] !== undefined && { offset: numberOf(plan.address, block, 'offset', 0) }),
    period: block['period'] as QuotaDeployment['period'],
  };
}
