/** Decides which changes outside Terraform a plan shows. */
import { findDifferences } from '../model/differences';
import { attributeName } from '../model/path';
import type { Change, Plan } from '../model/plan';
import type { RawPlan } from './raw-plan';

/**
 * Whether the apply only stores the drift in the state: a plan with -refresh-only. Terraform writes no resource_changes into
 * it. An ordinary plan that finds drift but changes nothing cannot be applied.
 */
export function isRefreshOnly(
  { applyable, resource_changes: resources = [] }: RawPlan,
  { changes, outputs, invocations }: Pick<Plan, 'changes' | 'outputs' | 'invocations'>,
  drift: readonly Change[],
): boolean {
  if (applyable === false || drift.length === 0) return false;
  if (resources.length === 0) return true;
  // Terraform writes `applyable` since version 1.8.
  return applyable === true && changes.length + outputs.length + invocations.length === 0;
}

/**
 * Selects the relevant drift. A refresh finds many irrelevant differences: for example, null became an empty list, or a role
 * now lists its attached policy. As in Terraform's output, drift is relevant in three cases: the resource was deleted, the plan
 * changes the same attribute, or the plan uses the attribute.
 */
export function relevantDrift(
  drift: readonly Change[],
  planned: readonly Change[],
  relevant: NonNullable<RawPlan['relevant_attributes']>,
): Change[] {
  const drifted = new Set(drift.map(({ address }) => address));
  const names = new Set([
    ...planned
      .filter(({ address, action }) => drifted.has(address) && action !== 'none')
      .flatMap((change) => changedAttributes(change).map((name) => `${change.address} ${name}`)),
    ...relevant.map(({ resource, attribute }) => `${resource} ${attribute[0] ?? ''}`),
  ]);
  return drift.filter(
    (change) =>
      change.action === 'delete' || changedAttributes(change).some((name) => names.has(`${change.address} ${name}`)),
  );
}

function changedAttributes({ before, after }: Change): string[] {
  return findDifferences(before, after).map(({ path }) => attributeName(path));
}
