/** Finds API Gateway deployments that still serve routes which an earlier apply removed, for example because `npm run deploy` was interrupted. */
import { attributes, type PlanJson, type PlannedResource, readPlanJson, resourcesOf } from '../terraform/plan-json';
import type { StackPlan } from '../terraform/plans';
import { type StaleDeployment, stagesOf } from './removed-routes';
import type { ServedRoutes } from './served-routes';

/**
 * Finds them before an apply, for the announcement. Reads API Gateway, because no plan shows them. Leaves out deployments that the
 * plan changes, and APIs whose methods it creates: the apply fixes these.
 * @throws Error when API Gateway does not answer
 */
export async function findBeforeApply(
  plans: readonly StackPlan[],
  served: Pick<ServedRoutes, 'compare'>,
): Promise<StaleDeployment[]> {
  const found: StaleDeployment[] = [];
  for (const { stack, json } of plans) {
    const plan = readPlanJson(json);
    const created = new Set(
      resourcesOf(plan, 'aws_api_gateway_method')
        .filter(({ change }) => change.actions.includes('create'))
        .map(({ change }) => attributes(change.after)['rest_api_id']),
    );
    const unchanged = resourcesOf(plan, 'aws_api_gateway_deployment').filter(
      ({ change }) => change.actions.includes('no-op') && !created.has(attributes(change.after)['rest_api_id']),
    );
    found.push(...(await find(stack, plan, unchanged, 'before', served)));
  }
  return found;
}

/**
 * Finds them after the apply of a plan.
 * @param planned addresses of the deployments that the plan announced; they are left out
 * @throws Error when API Gateway does not answer
 */
export async function findAfterApply(
  { stack, json }: StackPlan,
  planned: readonly string[],
  served: Pick<ServedRoutes, 'compare'>,
): Promise<StaleDeployment[]> {
  const plan = readPlanJson(json);
  const others = resourcesOf(plan, 'aws_api_gateway_deployment').filter(({ address }) => !planned.includes(address));
  return find(stack, plan, others, 'after', served);
}

async function find(
  stack: string,
  plan: PlanJson,
  deployments: readonly PlannedResource[],
  side: 'before' | 'after',
  served: Pick<ServedRoutes, 'compare'>,
): Promise<StaleDeployment[]> {
  const found: StaleDeployment[] = [];
  for (const { address, change } of deployments) {
    const restApiId = attributes(change[side])['rest_api_id'];
    // The plan creates the API, which then serves no removed route.
    if (typeof restApiId !== 'string') continue;
    const stages = stagesOf(plan, restApiId, side);
    const differences = await Promise.all(stages.map((stage) => served.compare(restApiId, stage)));
    const removed = [...new Set(differences.flatMap((difference) => difference.removed))];
    if (removed.length === 0) continue;
    found.push({ stack, address, restApiId, stages, cause: 'earlier apply', removed, breaksRoutes: true });
  }
  return found;
}
