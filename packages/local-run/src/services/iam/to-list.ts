/** Returns an element of a policy as a list. The element may be a list, a single value or missing. */
export function toList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return value === undefined || value === null ? [] : [value];
}
