/** Which of what has changed outside Terraform has to do with a plan. */
import { differences } from './differences';
import type { Change } from './model';
import type { RawPlan } from './schema';

/**
 * Terraform tells of all that a refresh found, much of it without meaning: null that has become an empty list, or a role
 * that now lists the policy which was attached to it. As on Terraform's own screen, it matters when the resource is gone,
 * and where the plan changes the same attribute, or makes a change from it.
 */
export function isRelevant(
  drift: Change,
  planned: readonly Change[],
  relevant: NonNullable<RawPlan['relevant_attributes']>,
): boolean {
  if (drift.action === 'delete') return true;
  const drifted = firstNames(drift);
  const changed = planned
    .filter(({ address, action }) => address === drift.address && action !== 'none')
    .flatMap(firstNames);
  const used = relevant
    .filter(({ resource }) => resource === drift.address)
    .map(({ attribute }) => String(attribute[0]));
  return drifted.some((name) => changed.includes(name) || used.includes(name));
}

function firstNames({ before, after }: Change): string[] {
  return differences(before, after).map(({ path }) => /^[\w-]+/.exec(path)?.[0] ?? path);
}
