/** Finds the changes of the resources that an attribute refers to. */
import { type Change, configurationAddress, type Plan } from '../model/plan';
import { keysOf } from '../model/parent';
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
  const changes = sourcesOf(change, name, plan).flatMap((source) => plan.index.bySource.get(source) ?? []);
  const known = attribute(change.after, name);
  return typeof known === 'string' ? changes.filter((other) => isNamed(other, known, name)) : changes;
}

const keysByChange = new WeakMap<Change, ReadonlySet<string>>();

/** Whether a resource has a value as its id, ARN or name, or in the attribute with the same name. */
function isNamed(change: Change, known: string, name: string): boolean {
  const keys = keysByChange.get(change) ?? new Set(keysOf(change.after));
  keysByChange.set(change, keys);
  return keys.has(known) || attribute(change.after, name) === known;
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
