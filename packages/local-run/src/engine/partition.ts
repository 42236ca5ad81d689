/** Compares two lists by the keys of their items. */
export interface Partition<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
  /** The items whose keys are in both lists: the item of the first list, and the item of the second list. */
  readonly kept: readonly (readonly [was: T, is: T])[];
}

export function partition<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string): Partition<T> {
  const old = new Map(before.map((item) => [keyOf(item), item]));
  const now = new Map(after.map((item) => [keyOf(item), item]));
  return {
    added: after.filter((item) => !old.has(keyOf(item))),
    removed: before.filter((item) => !now.has(keyOf(item))),
    kept: after.flatMap((item) => {
      const was = old.get(keyOf(item));
      return was === undefined ? [] : [[was, item] as const];
    }),
  };
}
