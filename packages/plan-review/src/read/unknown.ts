/** Inserts UNKNOWN into the values of a plan. */
import { attribute, isList, isObject, UNKNOWN, type Value } from '../model/value';

/**
 * Replaces the values that are known only after the apply. In the plan's JSON, an unknown attribute is absent from `after`,
 * or null.
 * @param unknown Terraform's marks: `true` for a whole value, or the marks of its members
 */
export function withUnknown(value: Value, unknown: Value): Value {
  if (unknown === true) return UNKNOWN;
  if (isList(unknown)) {
    const list = isList(value) ? value : [];
    return Array.from({ length: Math.max(list.length, unknown.length) }, (_, index) =>
      withUnknown(list[index] ?? null, unknown[index] ?? false),
    );
  }
  if (!isObject(unknown) || (value !== null && !isObject(value))) return value;
  if (value === null && Object.keys(unknown).length === 0) return value;
  const members = new Map<string, Value>(Object.entries(value ?? {}));
  for (const [key, mark] of Object.entries(unknown)) {
    const member = withUnknown(attribute(value ?? {}, key) ?? null, mark);
    if (member !== null) members.set(key, member);
  }
  return Object.fromEntries(members);
}
