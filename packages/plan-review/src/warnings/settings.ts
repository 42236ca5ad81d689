/** Pairs the settings of a resource before and after a change, at any depth, for rules that look for names of attributes. */
import { type Change, configurationAddress, type Plan, type ValuePath } from '../model/plan';
import { attribute, canonicalJson, isList, isObject, isSame, UNKNOWN, type Value } from '../model/value';
import { pairMembers } from '../policy/pair-members';

/** A scalar or a list of scalars. A side is undefined when the attribute or its block does not exist. */
export interface Setting {
  readonly path: ValuePath;
  /** The last name in the path: `days` of `rule[0].days`. */
  readonly name: string;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

const settingsByChange = new WeakMap<Change, readonly Setting[]>();

/** Finds the settings that differ. Blocks in lists are paired by their name, otherwise by their position. */
export function changedSettings(change: Change): readonly Setting[] {
  const known = settingsByChange.get(change);
  if (known) return known;
  const settings = settingsBetween(change.before ?? undefined, change.after ?? undefined, []);
  settingsByChange.set(change, settings);
  return settings;
}

/** Lists all settings of a resource, as `after` of a change that adds them. */
export function settingsIn(resource: Value): readonly Setting[] {
  return settingsBetween(undefined, resource, []);
}

/** Whether the apply creates the resource, or gives it other settings. */
export function isWritten(change: Change): boolean {
  return change.action === 'create' || isRewritten(change);
}

/** Whether the apply gives an existing resource other settings, or replaces it. */
export function isRewritten({ action }: Change): boolean {
  return action === 'change' || action === 'replace' || action === 'recreate';
}

/** Whether the configuration sets an attribute. AWS computes an unknown value of any other attribute. */
export function isConfigured(name: string, change: Change, plan: Plan): boolean {
  return Object.hasOwn(plan.references[configurationAddress(change.address)] ?? {}, name);
}

/** Whether a setting, or a member of its list, is known only after the apply. */
export function hasUnknown(setting: Value | undefined): boolean {
  return setting === UNKNOWN || (isList(setting) && setting.includes(UNKNOWN));
}

/** A value as text, for comparisons. */
export function plainText(value: Value | undefined): string {
  return typeof value === 'string' ? value : canonicalJson(value ?? null);
}

/** Pairs the settings of two values. @param path the place of the values in the resource */
export function settingsBetween(before: Value | undefined, after: Value | undefined, path: ValuePath): Setting[] {
  if (before === after) return [];
  if (isObject(before) || isObject(after)) {
    const keys = new Set([before, after].flatMap((value) => (isObject(value) ? Object.keys(value) : [])));
    return [...keys].flatMap((key) => settingsBetween(attribute(before, key), attribute(after, key), [...path, key]));
  }
  const members = pairMembers(isList(before) ? before : [], isList(after) ? after : []);
  if (members.length > 0) {
    return members.flatMap(({ index, oldMember, newMember }) =>
      settingsBetween(oldMember, newMember, [...path, index]),
    );
  }
  if (isSame(before, after)) return [];
  const name = path.findLast((step) => typeof step === 'string') ?? '';
  return [{ path, name, before, after }];
}
