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

/** Attributes whose keys users choose. A key such as `role` or `policy` has no meaning for AWS there. */
const FREE_KEYS = /^(tags(_all)?|default_tags|labels|annotations)$/;

/**
 * Whether the configuration sets an attribute or a nested value. AWS computes an unknown value of any other attribute. A plan lacks
 * the expressions of `dynamic` blocks, so the values of a block that changes in place count as configured. A replacement can compute
 * single values of a block anew: they count only if the block has references.
 */
export function isConfigured(path: ValuePath, change: Change, plan: Plan): boolean {
  const first = String(path[0]);
  if (FREE_KEYS.test(first)) return false;
  const references = plan.references[configurationAddress(change.address)] ?? {};
  const isBlock = BLOCKS.test(first);
  if (path.length > 1 && attribute(change.after, first) !== UNKNOWN) {
    return change.action === 'change' || isBlock || (references[first]?.length ?? 0) > 0;
  }
  if (Object.hasOwn(references, first)) return true;
  // A block of an existing resource keeps its known values, unless a `dynamic` block has an unknown `for_each`.
  const old = attribute(change.before, first);
  return change.action === 'change' && (isBlock || (isList(old) && old.some(isObject)));
}

/** Names of blocks that decide about access or data. */
const BLOCKS = /^(ingress|inline_policy|grant|access_control_policy|cors_(configuration|rule)|(lifecycle_)?rule|ttl)$/;

/** Whether a setting, or a member of its list, is known only after the apply. */
export function hasUnknown(setting: Value | undefined): boolean {
  return setting === UNKNOWN || (isList(setting) && setting.includes(UNKNOWN));
}

/** A value as text, for comparisons. */
export function plainText(value: Value | undefined): string {
  return typeof value === 'string' ? value : canonicalJson(value ?? null);
}

/**
 * Pairs the settings of two values. All settings of an unknown block are unknown.
 * @param path the place of the values in the resource
 */
export function settingsBetween(before: Value | undefined, after: Value | undefined, path: ValuePath): Setting[] {
  if (before === after) return [];
  if (isObject(before) || isObject(after)) {
    const keys = new Set([before, after].flatMap((value) => (isObject(value) ? Object.keys(value) : [])));
    return [...keys]
      .filter((key) => !FREE_KEYS.test(key) && !(key === 'variables' && path[0] === 'environment'))
      .flatMap((key) => {
        const newMember = after === UNKNOWN ? UNKNOWN : attribute(after, key);
        return settingsBetween(attribute(before, key), newMember, [...path, key]);
      });
  }
  const members = pairMembers(isList(before) ? before : [], isList(after) ? after : []);
  if (members.length > 0) {
    return members.flatMap(({ index, oldMember, newMember }) =>
      settingsBetween(oldMember, after === UNKNOWN ? UNKNOWN : newMember, [...path, index]),
    );
  }
  if (isSame(before, after)) return [];
  const name = path.findLast((step) => typeof step === 'string') ?? '';
  return [{ path, name, before, after }];
}
