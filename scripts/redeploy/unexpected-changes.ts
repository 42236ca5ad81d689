/** Checks the plan that replaces API Gateway deployments: it must not apply any other change, because nobody reviews it. */
import { isDeepStrictEqual } from 'node:util';
import { attributes, isUnknown, type PlanJson, type PlannedChange, type PlannedResource } from '../terraform/plan-json';

/** Attributes of a stage that follow from its deployment. */
const ATTRIBUTES_OF_DEPLOYMENT = ['deployment_id', 'execution_arn', 'invoke_url'];

/**
 * Lists the changes of a plan other than the replacement of deployments, and what follows from it: the new `deployment_id` of
 * their stages, and outputs that refer to a deployment or stage. A deployment that the plan does not replace is listed too.
 * @param deployments Terraform's addresses of the deployments
 * @returns addresses of resources and names of outputs
 */
export function unexpectedChanges(plan: PlanJson, deployments: readonly string[]): string[] {
  const { resource_changes: resources = [], output_changes: outputs = {} } = plan;
  const replaced = resources.filter(({ address, change }) => deployments.includes(address) && isReplaced(change));
  const apis = replaced.map(({ change }) => attributes(change.before)['rest_api_id']);
  const stages = resources.filter((resource) => isMovedStage(resource, apis));
  const expected = [...replaced, ...stages].map(({ address }) => address);
  const changing = resources.filter(({ change }) => change.actions.some((action) => action !== 'no-op'));
  return [
    ...deployments.filter((address) => !expected.includes(address)).map((address) => `${address} (not replaced)`),
    ...changing
      .filter(({ address, change }) => changes(change) && ![...expected, ...deployments].includes(address))
      .map(({ address }) => address),
    ...Object.entries(outputs)
      .filter(([, change]) => changes(change))
      .filter(([name, change]) => {
        const references = plan.configuration?.root_module?.outputs?.[name]?.expression?.references ?? [];
        const sources = changing.map(({ address }) => address).filter((address) => refersTo(references, address));
        return !isUnknown(change.after_unknown) || !followsFrom(sources, expected);
      })
      .map(([name]) => `output.${name}`),
  ];
}

function isReplaced({ actions }: PlannedChange): boolean {
  return actions.includes('create') && actions.includes('delete');
}

/** Whether a stage only gets the new deployment, whose id is known only after the apply. @param apis ids of the deployments' APIs */
function isMovedStage({ type, change }: PlannedResource, apis: readonly unknown[]): boolean {
  return (
    type === 'aws_api_gateway_stage' &&
    isDeepStrictEqual(change.actions, ['update']) &&
    apis.includes(attributes(change.before)['rest_api_id']) &&
    isUnknown(attributes(change.after_unknown)['deployment_id']) &&
    changedAttributes(change).every((name) => ATTRIBUTES_OF_DEPLOYMENT.includes(name))
  );
}

/** Whether the apply changes something. A data source is only read. */
function changes({ actions }: PlannedChange): boolean {
  return actions.some((action) => action !== 'no-op' && action !== 'read');
}

/** Whether an output gets its unknown value from expected changes alone, and not from a data source that the apply reads. */
function followsFrom(sources: readonly string[], expected: readonly string[]): boolean {
  return sources.length > 0 && sources.every((address) => expected.includes(address));
}

/** Whether an expression refers to a resource. @param references of the configuration, such as `aws_api_gateway_stage.api.invoke_url` */
function refersTo(references: readonly string[], address: string): boolean {
  const source = address.replace(/\[[^\]]*\]$/, '');
  return references.some(
    (reference) => reference.startsWith(source) && /^([.[]|$)/.test(reference.slice(source.length)),
  );
}

function changedAttributes(change: PlannedChange): string[] {
  const [before, after, unknown] = [change.before, change.after, change.after_unknown].map(attributes);
  const names = new Set(Object.keys({ ...before, ...after, ...unknown }));
  return [...names].filter(
    (name) => isUnknown(unknown?.[name]) || !isDeepStrictEqual(before?.[name] ?? null, after?.[name] ?? null),
  );
}
