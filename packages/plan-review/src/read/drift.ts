/** Decides which changes outside Terraform are relevant to a plan. */
import { findDifferences } from '../model/differences';
import { attributeName } from '../model/path';
import type { Change } from '../model/plan';
import type { RawPlan } from './schema';

/**
 * A refresh finds many irrelevant differences: for example, null became an empty list, or a role now lists its attached
 * policy. As in Terraform's output, drift is relevant in three cases: the resource was deleted, the plan changes the same
 * attribute, or the plan uses the attribute.
 */
export function isRelevantDrift(
  drift: Change,
  planned: readonly Change[],
  relevant: NonNullable<RawPlan['relevant_attributes']>,
): boolean {
  if (drift.action === 'delete') return true;
  const changed = planned
    .filter(({ address, action }) => address === drift.address && action !== 'none')
    .flatMap(changedAttributes);
  const used = relevant
    .filter(({ resource }) => resource === drift.address)
    .map(({ attribute }) => String(attribute[0]));
  return changedAttributes(drift).some((name) => changed.includes(name) || used.includes(name));
}

function changedAttributes({ before, after }: Change): string[] {
  return findDifferences(before, after).map(({ path }) => attributeName(path));
}
