/** Merges a JSON Merge Patch (RFC 7396). */
import { isObject } from '../http/value';

/** @returns a new value; the target does not change */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value));
  }
  // Unlike an assignment, this keeps a field named __proto__, which the schema then refuses.
  return Object.fromEntries(merged);
}
