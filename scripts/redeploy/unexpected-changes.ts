/** Checks the plan that replaces a deployment: it must not apply any other change, because nobody reviews it. */
import { isDeepStrictEqual } from 'node:util';
import { attributes, type PlanJson, type PlannedChange, type PlannedResource } from './plan-json';

/** Attributes of a stage that follow from its deployment. */
const FOLLOWING = ['deployment_id', 'execution_arn', 'invoke_url'];

/**
 * Lists the changes of a plan other than the replacement of deployments, and what follows from it: the `deployment_id` of stages,
 * and outputs whose new value is known only after the apply.
 * @param deployments Terraform's addresses of the deployments
 * @returns addresses of resources and names of outputs
 */
export function unexpectedChanges(plan: PlanJson, deployments: readonly string[]): string[] {
  const { resource_changes: resources = [], output_changes: outputs = {} } = plan;
  return [
    ...resources.filter((resource) => !isExpected(resource, deployments)).map(({ address }) => address),
    ...Object.entries(outputs)
      .filter(([, change]) => changes(change) && !isUnknown(change.after_unknown))
      .map(([name]) => `output.${name}`),
  ];
}

function isExpected({ address, type, change }: PlannedResource, deployments: readonly string[]): boolean {
  if (!changes(change)) return true;
  if (deployments.includes(address)) return change.actions.includes('create') && change.actions.includes('delete');
  return (
    type === 'aws_api_gateway_stage' &&
    isDeepStrictEqual(change.actions, ['update']) &&
    changedAttributes(change).every((name) => FOLLOWING.includes(name))
  );
}

/** Whether the apply changes something. A data source is only read. */
function changes({ actions }: PlannedChange): boolean {
  return actions.some((action) => action !== 'no-op' && action !== 'read');
}

function changedAttributes(change: PlannedChange): string[] {
  const [before, after, unknown] = [change.before, change.after, change.after_unknown].map(attributes);
  const names = new Set(Object.keys({ ...before, ...after, ...unknown }));
  return [...names].filter(
    (name) => isUnknown(unknown?.[name]) || !isDeepStrictEqual(before?.[name] ?? null, after?.[name] ?? null),
  );
}

/** Whether a value, or a part of it, is known only after the apply. */
function isUnknown(mark: unknown): boolean {
  return mark === true || (typeof mark === 'object' && mark !== null && Object.values(mark).some(isUnknown));
}
