/**
 * Finds API Gateway deployments that still serve removed routes after an apply. Terraform creates a new deployment before it deletes
 * a method, whatever the order of the resources in the stack. The stage then serves a route whose Lambda permission is deleted: callers get a 500.
 */
import { alert } from '../markdown';
import { attributes, type PlanJson, type PlannedResource, readPlanJson, resourcesOf } from '../terraform/plan-json';
import type { StackPlan } from '../terraform/plans';

/** An API Gateway deployment that must be replaced after the apply. */
export interface StaleDeployment {
  readonly stack: string;
  /** Terraform's address of the deployment. */
  readonly address: string;
  readonly restApiId: string;
  /** The names of the API's stages. */
  readonly stages: readonly string[];
  /** Why it must be replaced: because of the plan, or of an earlier apply. */
  readonly cause: 'plan' | 'earlier apply';
  /** For `plan`, the addresses of the resources that the plan deletes. For `earlier apply`, routes such as `DELETE /product/{id}`. */
  readonly removed: readonly string[];
  /** Whether callers of removed routes get a 500. */
  readonly breaksRoutes: boolean;
}

/** Resources that a deployment copies. Terraform deletes them after it has created the new deployment. */
const DEPLOYED_TYPES = [
  'aws_api_gateway_method',
  'aws_api_gateway_method_response',
  'aws_api_gateway_integration',
  'aws_api_gateway_integration_response',
  'aws_api_gateway_gateway_response',
];

/** Maximum number of listed deployments, and maximum characters for each: plan-summary limits the text before the plans. */
const MAX_DEPLOYMENTS = 5;
const MAX_LENGTH = 400;

/** Maximum number of listed resources or routes of a deployment. */
const MAX_REMOVED = 3;

/** Reads the plans, and returns the deployments to replace after the apply. */
export function staleDeployments(plans: readonly StackPlan[]): StaleDeployment[] {
  return plans.flatMap(({ stack, json }) => staleDeploymentsOf(stack, readPlanJson(json)));
}

/**
 * Returns the deployments of a plan that must be replaced after the apply. An API that the plan itself deletes or replaces has
 * none: its new deployment has only the new methods.
 */
export function staleDeploymentsOf(stack: string, plan: PlanJson): StaleDeployment[] {
  const deleted = DEPLOYED_TYPES.flatMap((type) => resourcesOf(plan, type)).filter(({ change }) =>
    change.actions.includes('delete'),
  );
  return resourcesOf(plan, 'aws_api_gateway_deployment').flatMap((deployment): StaleDeployment[] => {
    const { address, change } = deployment;
    const restApiId = attributes(change.after)['rest_api_id'];
    if (typeof restApiId !== 'string') return [];
    const removed = deleted.filter((resource) => attributes(resource.change.before)['rest_api_id'] === restApiId);
    if (removed.length === 0) return [];
    const stages = stagesOf(plan, restApiId, 'after');
    const breaksRoutes = removed.some(isRemovedMethod);
    const addresses = removed.map((resource) => resource.address);
    return [{ stack, address, restApiId, stages, cause: 'plan', removed: addresses, breaksRoutes }];
  });
}

function isRemovedMethod({ type, change }: PlannedResource): boolean {
  return type === 'aws_api_gateway_method' && !change.actions.includes('create');
}

/** Returns the names of an API's stages before or after the apply. */
export function stagesOf(plan: PlanJson, restApiId: string, side: 'before' | 'after'): string[] {
  return resourcesOf(plan, 'aws_api_gateway_stage')
    .map(({ change }) => attributes(change[side]))
    .flatMap(({ rest_api_id: api, stage_name: name }) => (api === restApiId && typeof name === 'string' ? [name] : []));
}

/** Makes the lines for a terminal. @returns '' without deployments */
export function announcementText(deployments: readonly StaleDeployment[]): string {
  return deployments.map((deployment) => `${describe(deployment)}\n`).join('');
}

/** Makes the Markdown for the start of a summary. @returns '' without deployments */
export function announcementMarkdown(deployments: readonly StaleDeployment[]): string {
  if (deployments.length === 0) return '';
  const more = deployments.length - MAX_DEPLOYMENTS;
  return alert('NOTE', 'npm run deploy replaces API Gateway deployments after the apply:', [
    ...deployments.slice(0, MAX_DEPLOYMENTS).map((deployment) => describe(deployment).slice(0, MAX_LENGTH)),
    ...(more > 0 ? [`${more} more; npm run plan lists them.`] : []),
  ]);
}

function describe({ stack, address, removed, cause, stages, breaksRoutes }: StaleDeployment): string {
  const more = removed.length - MAX_REMOVED;
  const names = [...removed.slice(0, MAX_REMOVED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
  if (cause === 'earlier apply') {
    return (
      `${stack}: the stage ${stages.join(', ')} still serves ${names}, which the API no longer has: callers get a 500. ` +
      `npm run deploy replaces ${address}.`
    );
  }
  return `${stack}: after the apply, npm run deploy replaces ${address}, because the plan ${
    breaksRoutes
      ? `deletes ${names}. Until then, a removed route answers 500.`
      : `deletes or replaces ${names}. Until then, the stage serves their old settings.`
  }`;
}
