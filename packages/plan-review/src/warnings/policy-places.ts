/** The policies of a change, for the rules about policies. */
import { formatPath } from '../model/path';
import { type Change, configurationAddress, type Plan, type ValuePath } from '../model/plan';
import { isEmpty, UNKNOWN } from '../model/value';
import { resolvePolicies } from '../policy/data-source';
import { findPolicies, type PolicyPlace } from '../policy/find';
import { isConfigured } from './settings';
import { name, type Part, text } from './warning';

const placesByPlan = new WeakMap<Plan, Map<Change, readonly PolicyPlace[]>>();

/** Finds the policies of a change. Policies that are known only from their data source are resolved. */
export function policyPlaces(change: Change, plan: Plan): readonly PolicyPlace[] {
  const placesByChange = placesByPlan.get(plan) ?? new Map<Change, readonly PolicyPlace[]>();
  placesByPlan.set(plan, placesByChange);
  const known = placesByChange.get(change);
  if (known) return known;
  const places = findPolicies(change.before ?? undefined, resolvePolicies(plan, change) ?? undefined);
  placesByChange.set(change, places);
  return places;
}

/** Starts a sentence about a nested policy with its place. An attribute of the resource itself needs no place. */
export function placeParts(path: ValuePath): readonly Part[] {
  return path.length < 2 ? [] : text`in ${name(formatPath(path))} `;
}

/** Whether a place has a policy that says who may assume a role. */
export function isTrust(path: ValuePath): boolean {
  return /^(assume_role_policy|AssumeRolePolicyDocument)$/.test(String(path.at(-1)));
}

/** Whether the change sets a policy that is known only after the apply. A policy that AWS computes does not count. */
export function setsUnknownPolicy(
  { before, after, path, oldPolicy }: PolicyPlace,
  change: Change,
  plan: Plan,
): boolean {
  const hasConfiguration = plan.references[configurationAddress(change.address)] !== undefined;
  if (hasConfiguration && !isConfigured(path, change, plan)) return false;
  return after === UNKNOWN && (isEmpty(before) || oldPolicy !== undefined);
}
