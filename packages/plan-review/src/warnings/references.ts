/** Finds the changes of the resources that an attribute refers to. */
import { type Change, configurationAddress, type Plan } from '../model/plan';
import { groupBy, keysOf } from '../model/parent';
import { namesOf } from '../model/plan-index';
import { attribute, isList, isObject, UNKNOWN, type Value } from '../model/value';
import { nameFinder, lostNameCheck } from '../policy/unknown-parts';
import { membersOf } from './lists';
import type { Setting } from './settings';

/** Lists the resources and data sources that an attribute refers to, by configuration address. */
function sourcesOf({ address }: Change, name: string, plan: Plan): readonly string[] {
  return [...new Set((plan.references[configurationAddress(address)]?.[name] ?? []).map(configurationAddress))];
}

/**
 * Finds the changes of the resources that an attribute refers to. An unchanged resource has none. A reference names all instances
 * of a resource, so a known value of the attribute decides which instance counts.
 */
export function changesOfReferences(change: Change, name: string, plan: Plan): readonly Change[] {
  const known = attribute(change.after, name);
  const changesOf = (source: string) => plan.index.bySource.get(source) ?? [];
  const sources = sourcesOf(change, name, plan);
  if (typeof known === 'string') return sources.flatMap((source) => byNameOf(changesOf(source), name).get(known) ?? []);
  // A resource of another provider, such as `terraform_data`, only passes on a value.
  return sources
    .filter((source) => isNameOf(source, sources, name))
    .flatMap(changesOf)
    .filter(({ provider }) => provider === change.provider);
}

/** Attributes with a name of the resource itself. Other attributes, such as `value`, can pass on any value. */
const OWN_NAME = /(^|_)(id|arn|name|url|bucket|key)$/;

/** Whether a reference can be a name of its resource. `aws_sns_topic.a[each.key].arn` has no attribute in a plan. */
function isNameOf(source: string, references: readonly string[], name: string): boolean {
  const attributes = references
    .filter((reference) => reference.startsWith(`${source}.`))
    .map((reference) => reference.slice(source.length + 1));
  return attributes.length === 0 || attributes.some((key) => key === name || OWN_NAME.test(key));
}

type ByName = ReadonlyMap<string, readonly Change[]>;

const byNameOfChanges = new WeakMap<readonly Change[], Map<string, ByName>>();

/** Groups resources by their ids, ARNs and names, and by the attribute with the same name. Remembers the groups. */
function byNameOf(changes: readonly Change[], name: string): ByName {
  const known = byNameOfChanges.get(changes) ?? new Map<string, ByName>();
  byNameOfChanges.set(changes, known);
  const namesOfChange = ({ after }: Change) => {
    const own = attribute(after, name);
    return new Set([...keysOf(after), ...(typeof own === 'string' ? [own] : [])]);
  };
  const groups = known.get(name) ?? groupBy(changes, namesOfChange);
  known.set(name, groups);
  return groups;
}

/** Whether an attribute refers to a resource that the plan creates. A replaced resource does not count: only its id is new. */
export function refersToNew(change: Change, name: string, plan: Plan): boolean {
  return changesOfReferences(change, name, plan).some(({ action }) => action === 'create');
}

/**
 * Whether a setting becomes unknown only because a resource gets a new ARN, id or name. The old value must contain the old ARN, id
 * or name of each resource that the attribute refers to. Each unknown member of a list needs its own old member.
 */
export function getsNewName({ path, before, after }: Setting, change: Change, plan: Plan): boolean {
  const name = String(path[0]);
  const sources = sourcesOf(change, name, plan);
  const changing = sources.filter((source) => plan.index.bySource.has(source));
  if (changing.length === 0 || sources.some((source) => plan.index.readFor(change, source))) return false;
  const oldTexts = textsIn(attribute(change.before, name));
  const occurs = (source: string) => oldTexts.some(oldNameFinder(source, plan));
  const kept = membersOf(after);
  const lost = textsIn(before).filter((text) => !kept.includes(text));
  const renamed = lost.filter(lostNameCheck(plan, changing));
  const unknown = isList(after) ? after.filter((member) => member === UNKNOWN).length : lost.length;
  return changing.every(occurs) && renamed.length >= unknown;
}

const findersByPlan = new WeakMap<Plan, Map<string, (text: string) => boolean>>();

/** Returns a function that finds the old names of a resource, and of all its instances, in a text. */
function oldNameFinder(source: string, plan: Plan): (text: string) => boolean {
  const finders = findersByPlan.get(plan) ?? new Map<string, (text: string) => boolean>();
  findersByPlan.set(plan, finders);
  const known = finders.get(source);
  if (known) return known;
  const old = plan.index.bySource.get(source)?.flatMap((other) => namesOf(other.before)) ?? [];
  const finder = nameFinder([...old, ...(plan.index.lostNames.get(source) ?? [])]);
  finders.set(source, finder);
  return finder;
}

function textsIn(value: Value | undefined): string[] {
  if (typeof value === 'string') return [value];
  return isList(value) || isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
