/**
 * Finds the deployments of REST APIs that still serve removed routes after an apply. Terraform creates a new deployment before it
 * deletes a method, whatever the order of the resources. The stage then serves a route whose permission is gone: it answers 500.
 */
import { readFileSync } from 'node:fs';
import { alert } from '../markdown';
import type { StackPlan } from '../terraform/plans';
import { attributes, type PlanJson, type PlannedResource } from './plan-json';

/** A deployment that must be replaced after the apply. */
export interface StaleDeployment {
  readonly stack: string;
  /** Terraform's address of the deployment. */
  readonly address: string;
  /** The addresses of the resources that the plan deletes, and that the deployment still has. */
  readonly removed: readonly string[];
}

/** Resources whose copies are a part of a deployment, and that a stage serves without a reference from another resource. */
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

/** Maximum number of listed resources of a deployment. */
const MAX_REMOVED = 3;

/** Reads the plans, and returns the deployments to replace after the apply. */
export function staleDeployments(plans: readonly StackPlan[]): StaleDeployment[] {
  return plans.flatMap(({ stack, json }) =>
    staleDeploymentsOf(stack, JSON.parse(readFileSync(json, 'utf8')) as PlanJson),
  );
}

/**
 * Returns the deployments of a plan that must be replaced after the apply. An API that the plan itself deletes or replaces has
 * none: its new deployment has only the new methods.
 */
export function staleDeploymentsOf(stack: string, { resource_changes: resources = [] }: PlanJson): StaleDeployment[] {
  const deleted = resources.filter(
    ({ type, change }) => DEPLOYED_TYPES.includes(type) && change.actions.includes('delete'),
  );
  return resources
    .filter(({ type }) => type === 'aws_api_gateway_deployment')
    .flatMap((deployment) => {
      const api = attributes(deployment.change.after)['rest_api_id'];
      if (typeof api !== 'string') return [];
      const removed = deleted.filter(({ change }) => attributes(change.before)['rest_api_id'] === api);
      return removed.length === 0 ? [] : [{ stack, address: deployment.address, removed: removed.map(addressOf) }];
    });
}

const addressOf = ({ address }: PlannedResource) => address;

/** Makes the lines for a terminal. @returns '' without deployments */
export function announcementText(deployments: readonly StaleDeployment[]): string {
  return deployments.map((deployment) => `${describe(deployment)}\n`).join('');
}

/** Makes the Markdown for the start of a summary. @returns '' without deployments */
export function announcementMarkdown(deployments: readonly StaleDeployment[]): string {
  if (deployments.length === 0) return '';
  const more = deployments.length - MAX_DEPLOYMENTS;
  return alert('NOTE', 'npm run deploy makes a second deployment after the apply:', [
    ...deployments.slice(0, MAX_DEPLOYMENTS).map((deployment) => describe(deployment).slice(0, MAX_LENGTH)),
    ...(more > 0 ? [`${more} more; npm run plan lists them.`] : []),
  ]);
}

function describe({ stack, address, removed }: StaleDeployment): string {
  const more = removed.length - MAX_REMOVED;
  const names = [...removed.slice(0, MAX_REMOVED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return (
    `${stack}: after the apply, npm run deploy replaces ${address}, because the plan deletes ${names}. Until then, the ` +
    'stage still serves them: a removed route answers 500.'
  );
}
