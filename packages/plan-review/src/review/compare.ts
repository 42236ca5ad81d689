/** Compares plans with the record of the reviewed plans, address by address. */
import type { Plan } from '../model/plan';
import { PlanError } from '../plan-error';
import { digestOfPlan, digestOfPlans, type PlanEntry, planEntries } from './digest';
import type { ReviewKey } from './key';
import type { ReviewedStack, ReviewRecord } from './record';

export interface Comparison {
  /** Whether every plan equals its reviewed plan. If a commit was passed, it must equal the reviewed commit. */
  readonly same: boolean;
  /** The digest over all new plans. */
  readonly digest: string;
  /** Set when the commits differ. */
  readonly commit?: { readonly reviewed: string | undefined; readonly now: string };
  /** The stacks that differ, sorted by name. */
  readonly stacks: readonly StackComparison[];
}

export interface StackComparison {
  readonly name: string;
  /** Undefined when a reviewed stack has no new plan. */
  readonly plan: Plan | undefined;
  /** Whether the stack was reviewed. */
  readonly reviewed: boolean;
  /** Empty when the record contains no addresses. */
  readonly differences: readonly AddressDifference[];
}

export interface AddressDifference {
  readonly address: string;
  /** `added`: only in the new plan; `removed`: only in the reviewed plan; `action` or `values`: differs between both. */
  readonly kind: 'added' | 'removed' | 'action' | 'values';
  /** The reviewed action. */
  readonly reviewed?: string;
  /** The new plan's action. */
  readonly now?: string;
}

/**
 * Compares the plans of all stacks with a review record.
 * @param commit the commit of the new plans; the reviewed commit must be the same
 * @param key the key that the reviewed summary was made with; plans with hidden values need it
 * @throws PlanError when there are no plans, a hidden value without a key, or two plans of one stack
 */
export function comparePlans(
  record: ReviewRecord,
  plans: readonly Plan[],
  commit?: string,
  key?: ReviewKey,
): Comparison {
  if (plans.length === 0) throw new PlanError('There is no plan to compare with the review. Pass at least one plan.');
  const names = [...new Set([...Object.keys(record.stacks), ...plans.map(({ name }) => name)])].sort();
  const stacks = names.flatMap((name) =>
    compareStack(
      name,
      lookUp(record.stacks, name),
      plans.find((plan) => plan.name === name),
      key,
    ),
  );
  const commitDiffers = commit !== undefined && commit !== record.commit;
  return {
    same: stacks.length === 0 && !commitDiffers,
    digest: digestOfPlans(plans, key),
    ...(commitDiffers && { commit: { reviewed: record.commit, now: commit } }),
    stacks,
  };
}

/** @returns an empty list when the plan equals the reviewed plan */
function compareStack(
  name: string,
  reviewed: ReviewedStack | undefined,
  plan: Plan | undefined,
  key: ReviewKey | undefined,
): StackComparison[] {
  if (!plan || !reviewed) return [{ name, plan, reviewed: reviewed !== undefined, differences: [] }];
  if (digestOfPlan(plan, key) === reviewed.digest) return [];
  return [{ name, plan, reviewed: true, differences: compareEntries(reviewed.entries, planEntries(plan, key)) }];
}

function compareEntries(reviewedEntries: ReviewedStack['entries'], entries: readonly PlanEntry[]): AddressDifference[] {
  if (!reviewedEntries) return [];
  const newEntries = new Map(entries.map((entry) => [entry.address, entry]));
  const addresses = [...new Set([...Object.keys(reviewedEntries), ...newEntries.keys()])].sort();
  return addresses.flatMap((address): AddressDifference[] => {
    const [reviewedEntry, entry] = [lookUp(reviewedEntries, address), newEntries.get(address)];
    if (!reviewedEntry) return entry ? [{ address, kind: 'added', now: entry.action }] : [];
    const [action, hash] = reviewedEntry;
    if (!entry) return [{ address, kind: 'removed', reviewed: action }];
    if (entry.action !== action) return [{ address, kind: 'action', reviewed: action, now: entry.action }];
    return entry.hash.startsWith(hash) ? [] : [{ address, kind: 'values', reviewed: action, now: action }];
  });
}

/** Reads a property that is not inherited. The key comes from a comment, and can be a name such as `constructor`. */
function lookUp<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
