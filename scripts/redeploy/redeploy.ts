/** Replaces deployments of REST APIs that still serve removed routes, with a second plan after the apply. */
import { readFileSync } from 'node:fs';
import { TERRAFORM_WRAPPER } from '../terraform/cdktf';
import type { StackPlan } from '../terraform/plans';
import type { SynthesizedStack } from '../terraform/synth';
import { terraform } from '../terraform/terraform';
import { attributes, type PlanJson, type PlannedResource } from './plan-json';
import type { StaleDeployment } from './removed-routes';
import type { ServedRoutes } from './served-routes';
import { unexpectedChanges } from './unexpected-changes';

/** Name of the second plan's file in the stack's folder. */
const PLAN_FILE = 'redeploy.tfplan';

/**
 * Replaces the deployments that serve removed routes: those that the plans announced, and those that an interrupted deployment left.
 * @param plans the applied plans of the stacks
 * @param planned the deployments that the plans announced
 * @throws Error when a deployment cannot be replaced without another change, or when API Gateway does not answer
 */
export async function replaceStaleDeployments(
  stacks: readonly SynthesizedStack[],
  plans: readonly StackPlan[],
  planned: readonly StaleDeployment[],
  served: Pick<ServedRoutes, 'removed'>,
): Promise<void> {
  const others = plans.filter(({ stack }) => !planned.some((deployment) => deployment.stack === stack));
  const stale = [...planned, ...(await findStaleDeployments(others, served))];
  for (const stack of stacks) {
    const addresses = stale.filter((deployment) => deployment.stack === stack.name).map(({ address }) => address);
    if (addresses.length > 0) await replaceDeployments(stack, addresses);
  }
}

/**
 * Finds deployments that serve removed routes already, for example because the last `npm run deploy` was interrupted. Reads API
 * Gateway, because no plan shows them.
 * @param plans the plans that were applied; an API that they create serves no removed route
 * @throws Error when API Gateway does not answer
 */
export async function findStaleDeployments(
  plans: readonly StackPlan[],
  served: Pick<ServedRoutes, 'removed'>,
): Promise<StaleDeployment[]> {
  const found: StaleDeployment[] = [];
  for (const { stack, json } of plans) {
    const { resource_changes: resources = [] } = JSON.parse(readFileSync(json, 'utf8')) as PlanJson;
    const ofType = (type: string) => resources.filter((resource) => resource.type === type);
    for (const deployment of ofType('aws_api_gateway_deployment')) {
      const api = after(deployment)['rest_api_id'];
      const stages = ofType('aws_api_gateway_stage').filter((stage) => after(stage)['rest_api_id'] === api);
      if (typeof api !== 'string') continue;
      const removed = await Promise.all(stages.map((stage) => served.removed(api, String(after(stage)['stage_name']))));
      if (removed.flat().length > 0) found.push({ stack, address: deployment.address, removed: removed.flat() });
    }
  }
  return found;
}

const after = ({ change }: PlannedResource) => attributes(change.after);

/** Replaces deployments of one stack. @throws Error when the plan would change anything else; it then changes nothing */
async function replaceDeployments({ name, folder }: SynthesizedStack, addresses: readonly string[]): Promise<void> {
  console.log(`\n${name}: replacing ${addresses.join(', ')}, so that the stage no longer serves the removed routes`);
  const replace = addresses.map((address) => `-replace=${address}`);
  await terraform(folder, ['plan', '-no-color', '-lock-timeout=60s', `-out=${PLAN_FILE}`, ...replace]);
  const { stdout } = await terraform(folder, ['show', '-json', PLAN_FILE]);
  const others = unexpectedChanges(JSON.parse(stdout) as PlanJson, addresses);
  if (others.length > 0) {
    throw new Error(
      `${name}: the plan that replaces ${addresses.join(', ')} would also change ${others.join(', ')}, so it was not applied. ` +
        'The stage still serves the removed routes: they answer 500. Repeat npm run deploy, which plans these changes.',
    );
  }
  await terraform(folder, ['apply', '-no-color', '-input=false', PLAN_FILE], {
    show: true,
    command: TERRAFORM_WRAPPER,
  });
}
