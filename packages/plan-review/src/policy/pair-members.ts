/** Pairs the members of two lists, such as blocks, to compare them even if the order changes. */
import { attribute, canonicalJson, isEmpty, isList, isObject, parseJsonText, type Value } from '../model/value';

/** Attributes that identify a member of a list. A member with a new name is a new member. */
const MEMBER_NAMES = ['name', 'policy_name', 'sid', 'Sid', 'id', 'rule_id', 'route_key', 'api_id', 'region_name'];
/** Attributes that distinguish members, the most specific first. A member with a new value can still be the same member. */
const DISTINGUISHING_NAMES = [
  'rule_name',
  'path',
  'key',
  'allowed_methods',
  'methods',
  'path_pattern',
  'prefix',
  'region',
  'priority',
];
const DISTINGUISHING_NAME = /_(name|id|arn|path|key)$/;

/** A member of two lists. A side is undefined when the list does not have the member. */
export interface MemberPair {
  readonly index: number;
  readonly oldMember?: Value;
  readonly newMember?: Value;
}

/**
 * The keys that pair members, in this order: the whole member, its name, a distinguishing attribute, its position. The last two
 * pair only members without a name.
 */
const PAIR_KEYS: readonly ((member: Value) => string | undefined)[] = [
  canonicalJson,
  nameOf,
  distinguishingValue,
  (member) => (nameOf(member) === undefined ? '' : undefined),
];

/** Pairs the members of two lists of objects. @returns an empty list for lists of scalars */
export function pairMembers(before: readonly Value[], after: readonly Value[]): MemberPair[] {
  if (![...before, ...after].some((member) => isObject(member) || isList(member) || parseJsonText(member))) return [];
  const partners = new Map<number, number>();
  const free = new Set(before.keys());
  for (const keyOf of PAIR_KEYS) {
    const candidates = new Map<string, number[]>();
    for (const index of free) {
      const key = keyOf(before[index] ?? null);
      if (key !== undefined) candidates.set(key, [...(candidates.get(key) ?? []), index]);
    }
    after.forEach((member, index) => {
      const partner = partners.has(index) ? undefined : candidates.get(keyOf(member) ?? '\0')?.shift();
      if (partner === undefined) return;
      partners.set(index, partner);
      free.delete(partner);
    });
  }
  return [
    ...after.map((newMember, index): MemberPair => {
      const partner = partners.get(index);
      return partner === undefined ? { index, newMember } : { index, oldMember: before[partner] ?? null, newMember };
    }),
    ...[...free].map((index): MemberPair => ({ index, oldMember: before[index] ?? null })),
  ];
}

function nameOf(member: Value): string | undefined {
  const name = MEMBER_NAMES.map((key) => attribute(member, key)).find((value) => value !== undefined && value !== null);
  return name === undefined ? undefined : canonicalJson(name);
}

function distinguishingValue(member: Value): string | undefined {
  if (!isObject(member) || nameOf(member) !== undefined) return undefined;
  const others = Object.keys(member).filter((key) => DISTINGUISHING_NAME.test(key));
  const key = [...DISTINGUISHING_NAMES, ...others.sort()].find((candidate) => !isEmpty(attribute(member, candidate)));
  return key === undefined ? undefined : canonicalJson([key, member[key] ?? null]);
}
