/** What differs between two values, by path; JSON texts, such as policies, are compared by what they hold. */
import {
  type Attributes,
  canonical,
  isEmpty,
  isList,
  isObject,
  REWRITTEN,
  same,
  structure,
  UNKNOWN,
  type Value,
} from './value';

export interface Difference {
  /** For example `rule[0].days`; of a member of a list or set without order, the list's. */
  readonly path: string;
  /** Undefined when there was nothing. */
  readonly before: Value | undefined;
  /** Undefined when there is nothing any more. */
  readonly after: Value | undefined;
}

/** All differences, sorted by path, those within lists in the lists' order. */
export function differences(before: Value | undefined, after: Value | undefined, path = ''): Difference[] {
  if (same(before, after)) return [];
  const [old, now] = [structure(before) ?? before, structure(after) ?? after];
  // A policy that is not known yet, and by its data source stays what it is.
  if (same(old, now)) return [{ path, before, after: typeof after === 'string' ? REWRITTEN : UNKNOWN }];
  if (isObject(old) && isObject(now)) return ofObjects(old, now, path);
  if (isList(old) && isList(now)) return ofLists(old, now, path);
  if (isText(before) && isText(after)) return ofLists(before.split('\n'), after.split('\n'), path);
  return isEmpty(before) && isEmpty(after) ? [] : [{ path, before, after }];
}

/** The parts of a value that have no parts of their own, or are lists of such. */
export function leaves(value: Value, path: string): { readonly path: string; readonly value: Value }[] {
  if (isObject(value))
    return Object.keys(value)
      .sort()
      .flatMap((key) => leaves(value[key] ?? null, member(path, key)));
  if (isList(value) && value.some(isContainer))
    return value.flatMap((part, index) => leaves(part, `${path}[${index}]`));
  return isEmpty(value) ? [] : [{ path, value }];
}

function ofObjects(before: Attributes, after: Attributes, path: string): Difference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) =>
    differences(
      Object.hasOwn(before, key) ? before[key] : undefined,
      Object.hasOwn(after, key) ? after[key] : undefined,
      member(path, key),
    ),
  );
}

/**
 * Terraform's JSON does not tell sets from lists, and the order of most lists means nothing to AWS either: members that are
 * on both sides are left out, wherever they stand. Of the rest, objects are compared in pairs, others listed.
 */
function ofLists(before: readonly Value[], after: readonly Value[], path: string): Difference[] {
  const gone = without(before, after);
  const added = without(after, before);
  if (gone.length === 0 && added.length === 0) return [{ path, before, after }];
  const pairs = Array.from(
    { length: Math.max(gone.length, added.length) },
    (_, index) => [gone[index], added[index]] as const,
  );
  if (pairs.length === 1 || [...gone, ...added].every(({ value }) => isContainer(value))) {
    return pairs.flatMap(([old, now]) => {
      const within =
        before.length === 1 && after.length === 1 && !isContainer(old?.value)
          ? path
          : `${path}[${(now ?? old)?.index ?? 0}]`;
      return differences(old?.value, now?.value, within);
    });
  }
  return [
    ...gone.map(({ value }) => ({ path, before: value, after: undefined })),
    ...added.map(({ value }) => ({ path, before: undefined, after: value })),
  ];
}

/** The members that the other list does not have, as often as it lacks them. */
function without(
  list: readonly Value[],
  others: readonly Value[],
): { readonly value: Value; readonly index: number }[] {
  const counts = new Map<string, number>();
  for (const other of others.map(canonical)) counts.set(other, (counts.get(other) ?? 0) + 1);
  return list.flatMap((value, index) => {
    const left = counts.get(canonical(value)) ?? 0;
    counts.set(canonical(value), left - 1);
    return left > 0 ? [] : [{ value, index }];
  });
}

function member(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

function isContainer(value: Value | undefined): boolean {
  return isObject(value) || isList(value);
}

/** Text of several lines. */
function isText(value: Value | undefined): value is string {
  return typeof value === 'string' && value.includes('\n');
}
