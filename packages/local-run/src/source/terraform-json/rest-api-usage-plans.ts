/** Reads usage plans and their API keys. */
import type { QuotaDeployment, ThrottleDeployment, UsagePlanDeployment } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
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
        () => ({ plan: readUsagePlan(plan, { apiId, stage }, resources), causes: [] }),
        (causes) => ({ causes }),
      ),
    );
}

/** @param place the API and the stage for which the plan is read */
function readUsagePlan(
  plan: Resource,
  place: { readonly apiId: string; readonly stage: string },
  resources: Resources,
): UsagePlanDeployment {
  const methodThrottles = methodThrottlesOf(plan, place);
  const quota = quotaOf(plan);
  const members = resources.where('aws_api_gateway_usage_plan_key', 'usage_plan_id', plan.attributes['id']);
  const causes = members.flatMap((member) => member.causes);
  if (causes.length > 0) throw new NotSimulatedError(causes);
  return {
    name: plan.attributes['name'] as string,
    throttle: throttleOf(plan, blockOf(plan, 'throttle_settings')),
    ...(Object.keys(methodThrottles).length > 0 && { methodThrottles }),
    ...(quota && { quota }),
    keys: members
      .map(({ attributes }) => resources.only('aws_api_gateway_api_key', 'id', attributes['key_id']))
      .map(({ attributes }) => ({ id: attributes['id'] as string, value: attributes['value'] as string })),
  };
}

/** A limit that is missing limits nothing. */
function throttleOf({ address }: Resource, block: Attributes): ThrottleDeployment {
  return {
    rate: numberOf(address, block, 'rate_limit', Number.MAX_SAFE_INTEGER),
    burst: numberOf(address, block, 'burst_limit', Number.MAX_SAFE_INTEGER),
  };
}

function methodThrottlesOf(
  plan: Resource,
  { apiId, stage }: { readonly apiId: string; readonly stage: string },
): Record<string, ThrottleDeployment> {
  const stages = plan.attributes['api_stages'] as readonly Attributes[];
  const throttles = stages
    .filter((entry) => entry['api_id'] === apiId && entry['stage'] === stage)
    .flatMap((entry) => (entry['throttle'] ?? []) as readonly Attributes[]);
  return Object.fromEntries(throttles.map((block) => [routeKeyOf(plan, block['path']), throttleOf(plan, block)]));
}

/** @param path a path with a method: `/pets/{id}/GET` */
function routeKeyOf({ address }: Resource, path: unknown): string {
  const [, resource, method] = /^(\/.*?)\/?([A-Z]+)$/s.exec(String(path)) ?? [];
  if (resource !== undefined && method !== undefined) return `${method} ${resource}`;
  throw new DeploymentError(
    `${address}: api_stages.throttle.path = ${JSON.stringify(path)} must be a path with a method, such as "/pets/{id}/GET".`,
  );
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
