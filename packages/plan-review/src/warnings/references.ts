/** Finds the changes of the resources that an attribute refers to. */
import { type Change, configurationAddress, type Plan } from '../model/plan';
import { namesOf } from '../model/plan-index';
import { attribute, isList, isObject, UNKNOWN, type Value } from '../model/value';
import { nameFinder, lostNameCheck } from '../policy/unknown-parts';
import { membersOf } from './lists';
import type { Setting } from './settings';

/** Lists the resources and data sources that an attribute refers to, by configuration address. */
function sourcesOf({ address }: Change, name: string, plan: Plan): readonly string[] {
  return [...new Set((plan.references[configurationAddress(address)]?.[name] ?? []).map(configurationAddress))];
}

/** Finds the changes of the resources that an attribute refers to. An unchanged resource has none. */
export function changesOfReferences(change: Change, name: string, plan: Plan): readonly Change[] {
  return sourcesOf(change, name, plan).flatMap((source) => plan.index.bySource.get(source) ?? []);
}

/** Whether an attribute refers to a resource that the plan creates. A replaced resource does not count: only its id is new. */
export function refersToNew(change: Change, name: string, plan: Plan): boolean {
  return changesOfReferences(change, name, plan).some(({ action }) => action === 'create');
}

/**
 * Whether a setting becomes unknown only because resources get a new ARN, id or name: the old value contains the old one. Every
 * resource of the plan that the attribute refers to must already occur in its old value. Each unknown member of a list needs
 * an old member of its own.
 */
export function getsNewName({ path, before, after }: Setting, change: Change, plan: Plan): boolean {
  const name = String(path[0]);
  const sources = sourcesOf(change, name, plan);
  const changing = sources.filter((source) => plan.index.bySource.has(source));
  if (changing.length === 0 || sources.some((source) => plan.index.readFor(change, source))) return false;
  const oldTexts = textsIn(attribute(change.before, name));
  const occurs = (source: string) => {
    const old = plan.index.bySource.get(source)?.flatMap((other) => namesOf(other.before)) ?? [];
    return oldTexts.some(nameFinder([...old, ...(plan.index.lostNames.get(source) ?? [])]));
  };
  const kept = membersOf(after);
  const lost = textsIn(before).filter((text) => !kept.includes(text));
  const renamed = lost.filter(lostNameCheck(plan, changing));
  const unknown = isList(after) ? after.filter((member) => member === UNKNOWN).length : lost.length;
  return changing.every(occurs) && renamed.length >= unknown;
}

function textsIn(value: Value | undefined): string[] {
  if (typeof value === 'string') return [value];
  return isList(value) || isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
