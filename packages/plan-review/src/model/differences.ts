/** Finds the differences between two values, by path. Compares JSON texts, such as policies, by their content. */
import { memberPath } from './path';
import {
  type Attributes,
  canonicalJson,
  isEmpty,
  isList,
  isObject,
  isSame,
  parseJsonText,
  REFORMATTED,
  UNKNOWN,
  type Value,
} from './value';

export interface Difference {
  /** For example `rule[0].days`. Scalar members of a list have the list's path. */
  readonly path: string;
  /** Undefined when the value is added. */
  readonly before: Value | undefined;
  /** Undefined when the value is removed. */
  readonly after: Value | undefined;
}

/** Finds all differences, sorted by path. Members of a list keep their order. */
export function findDifferences(before: Value | undefined, after: Value | undefined, path = ''): Difference[] {
  if (isSame(before, after)) return [];
  const [oldValue, newValue] = [parseJsonText(before) ?? before, parseJsonText(after) ?? after];
  if (isSame(oldValue, newValue)) {
    // `after` is an object when policy/data-source.ts resolved it. Terraform does not know its text yet.
    return [{ path, before, after: typeof after === 'string' ? REFORMATTED : UNKNOWN }];
  }
  if (isObject(oldValue) && isObject(newValue)) return objectDifferences(oldValue, newValue, path);
  if (isList(oldValue) && isList(newValue)) return listDifferences(oldValue, newValue, path);
  if (isMultiline(before) && isMultiline(after)) return listDifferences(before.split('\n'), after.split('\n'), path);
  return isEmpty(before) && isEmpty(after) ? [] : [{ path, before, after }];
}

/** Splits a value into scalars and lists of scalars, each with its path. */
export function splitIntoLeaves(value: Value, path: string): { readonly path: string; readonly value: Value }[] {
  if (isObject(value)) {
    const keys = Object.keys(value).sort();
    return keys.flatMap((key) => splitIntoLeaves(value[key] ?? null, memberPath(path, key)));
  }
  if (isList(value) && value.some(isContainer)) {
    return value.flatMap((part, index) => splitIntoLeaves(part, `${path}[${index}]`));
  }
  return isEmpty(value) ? [] : [{ path, value }];
}

function objectDifferences(before: Attributes, after: Attributes, path: string): Difference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => {
    const [oldValue, newValue] = [before, after].map((side) => (Object.hasOwn(side, key) ? side[key] : undefined));
    return findDifferences(oldValue, newValue, memberPath(path, key));
  });
}

/**
 * Terraform's JSON does not distinguish sets from lists, and AWS ignores the order of most lists. So a member that is in
 * both lists, at any position, is not a difference. The remaining objects are compared in pairs. The remaining scalars are
 * removed or added.
 */
function listDifferences(before: readonly Value[], after: readonly Value[], path: string): Difference[] {
  const removed = membersOnlyIn(before, after);
  const added = membersOnlyIn(after, before);
  // Only the order changed.
  if (removed.length === 0 && added.length === 0) return [{ path, before, after }];
  const pairs = Array.from(
    { length: Math.max(removed.length, added.length) },
    (_, index) => [removed[index], added[index]] as const,
  );
  if (pairs.length === 1 || [...removed, ...added].every(({ value }) => isContainer(value))) {
    return pairs.flatMap(([oldMember, newMember]) => {
      const isSingleScalar = before.length === 1 && after.length === 1 && !isContainer(oldMember?.value);
      const memberAt = isSingleScalar ? path : `${path}[${(newMember ?? oldMember)?.index ?? 0}]`;
      return findDifferences(oldMember?.value, newMember?.value, memberAt);
    });
  }
  return [
    ...removed.map(({ value }) => ({ path, before: value, after: undefined })),
    ...added.map(({ value }) => ({ path, before: undefined, after: value })),
  ];
}

/** The members of `list` that `other` lacks. Repetitions count: `[a]` lacks two members of `[a, a, a]`. */
function membersOnlyIn(
  list: readonly Value[],
  other: readonly Value[],
): { readonly value: Value; readonly index: number }[] {
  const counts = new Map<string, number>();
  for (const text of other.map(canonicalJson)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return list.flatMap((value, index) => {
    const count = counts.get(canonicalJson(value)) ?? 0;
    counts.set(canonicalJson(value), count - 1);
    return count > 0 ? [] : [{ value, index }];
  });
}

function isContainer(value: Value | undefined): boolean {
  return isObject(value) || isList(value);
}

function isMultiline(value: Value | undefined): value is string {
  return typeof value === 'string' && value.includes('\n');
}
