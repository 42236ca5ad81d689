/** Finds changes by address and by the values that refer to them, without a search through the plan. */
import { groupBy, parentFinder } from './parent';
import { type Change, configurationAddress, moduleInstance, type Plan, type PlanIndex } from './plan';
import { attribute, toRecord, UNKNOWN, type Value } from './value';

export function createPlanIndex(plan: Pick<Plan, 'changes' | 'reads' | 'drift' | 'references'>): PlanIndex {
  const { changes, reads, drift } = plan;
  const bySource = groupBy(changes, ({ address }) => [configurationAddress(address)]);
  return {
    byAddress: new Map(changes.map((change) => [change.address, change])),
    bySource,
    readFor: readFinder(reads),
    lostNames: lostNames(changes, drift),
    parent: parentFinder(plan, bySource),
  };
}

function readFinder(reads: readonly Change[]): PlanIndex['readFor'] {
  const keyOf = (instance: string, source: string) => `${instance} ${source}`;
  const found = new Map<string, Change | undefined>();
  for (const read of reads) {
    const key = keyOf(moduleInstance(read.address), configurationAddress(read.address));
    found.set(key, found.has(key) ? undefined : read);
  }
  return (change, source) => found.get(keyOf(moduleInstance(change.address), source));
}

function lostNames(changes: readonly Change[], drift: readonly Change[]): Map<string, string[]> {
  // A resource that was deleted outside Terraform is created again: its old values are in the drift.
  const deletedOutside = new Map(drift.map(({ address, before }) => [address, before]));
  const names = new Map<string, string[]>();
  for (const { action, address, before, after } of changes) {
    const old = action === 'create' ? (deletedOutside.get(address) ?? null) : before;
    const lost = namesThatBecomeUnknown(old, after);
    if (lost.length === 0) continue;
    const source = configurationAddress(address);
    names.set(source, [...(names.get(source) ?? []), ...lost]);
  }
  return names;
}

function namesThatBecomeUnknown(before: Value, after: Value): string[] {
  return namesOf(before, (name) => attribute(after, name) === UNKNOWN);
}

/** The ids, ARNs and names of a resource. @param isIncluded whether an attribute counts @default every attribute */
export function namesOf(resource: Value, isIncluded: (name: string) => boolean = () => true): string[] {
  return Object.entries(toRecord(resource))
    .filter(([name]) => /^(id|name)$|(^|_)(arn|id)$/.test(name) && isIncluded(name))
    .map(([, value]) => value)
    .filter((value) => typeof value === 'string')
    .filter((value) => value !== '');
}
