/** Refuses JSON that is not a plan, and plans that a reviewer cannot judge: incomplete, deferred, or of an unknown form. */
import { PlanError } from '../plan-error';
import type { RawPlan } from './raw-plan';
import { schemaErrors } from './schema';

export const MAKE_PLAN_HINT =
  'Make the JSON of a plan with: terraform plan -out=plan && terraform show -json plan > plan.json';

const FORMAT_VERSIONS = ['1.0', '1.1', '1.2'];
/** The actions on data sources. A deletion only removes the data source from the state. */
const DATA_ACTIONS = ['no-op', 'read', 'delete'];

/** Checks the JSON of a plan. @throws PlanError that names the problem and the remedy */
export function checkPlan(json: unknown, source: string): asserts json is RawPlan {
  const refuse = (problem: string): never => {
    throw new PlanError(`${source}: ${problem}`);
  };
  const { format_version: format, terraform_version: terraform, ...fields } = toRecord(json);
  if ('values' in fields || 'lineage' in fields) refuse(`is the JSON of a state, not of a plan. ${MAKE_PLAN_HINT}`);
  if (typeof format === 'string' && !FORMAT_VERSIONS.includes(format)) {
    refuse(
      `has format_version ${JSON.stringify(format)}; only ${FORMAT_VERSIONS.join(', ')} are supported. Use Terraform 1.`,
    );
  }
  const errors = schemaErrors(json);
  if (errors !== undefined) {
    const version = typeof terraform === 'string' ? ` of Terraform ${JSON.stringify(terraform)}` : '';
    refuse(
      errors.includes('does not know') && typeof format === 'string'
        ? `${errors}. The summary would not show this. Update plan-review, or plan with an older version${version}.`
        : `is not the JSON of a plan: ${errors}. ${MAKE_PLAN_HINT}`,
    );
  }
  const plan = json as RawPlan;
  if (!['resource_changes', 'output_changes', 'planned_values', 'configuration'].some((key) => key in plan)) {
    refuse(`is not the JSON of a plan: it has neither resource_changes nor a configuration. ${MAKE_PLAN_HINT}`);
  }
  if (plan.errored) refuse('the plan ended with an error (errored: true). Fix the error, and plan again.');
  const deferred = (['deferred_changes', 'deferred_action_invocations'] as const).find((key) => plan[key]?.length);
  if (deferred !== undefined) {
    refuse(
      `Terraform deferred these changes to a later plan (${deferred}): ${deferredAddresses(plan[deferred])}. ` +
        'Plan again without -allow-deferral, or after the resources that they depend on exist.',
    );
  }
  if (plan.complete === false) {
    refuse('the plan is incomplete (complete: false). Plan again without -target or -exclude.');
  }
  const wrong = plan.resource_changes?.find(({ mode, change }) => mode === 'data' && !isOfDataSource(change.actions));
  if (wrong !== undefined) {
    refuse(
      `the data source ${JSON.stringify(wrong.address)} has the actions ${JSON.stringify(wrong.change.actions)}; ` +
        `only ${DATA_ACTIONS.join(', ')} are supported. ${MAKE_PLAN_HINT}`,
    );
  }
  for (const list of ['resource_changes', 'resource_drift'] as const) {
    const seen = new Set<string>();
    for (const { address, deposed = '' } of plan[list] ?? []) {
      if (seen.has(`${deposed} ${address}`))
        refuse(`has ${JSON.stringify(address)} twice in ${list}. ${MAKE_PLAN_HINT}`);
      seen.add(`${deposed} ${address}`);
    }
  }
}

function isOfDataSource(actions: readonly string[]): boolean {
  return actions.length === 1 && actions.every((action) => DATA_ACTIONS.includes(action));
}

function deferredAddresses(deferred: readonly unknown[] = []): string {
  const addresses = deferred.map((member) => {
    const { resource_change: change, action_invocation: invocation } = toRecord(member);
    return JSON.stringify(toRecord(change ?? invocation)['address'] ?? 'an unknown address');
  });
  return addresses.join(', ');
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
