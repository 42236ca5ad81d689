/** Parameters in a form that the SDK marshalls whatever the names within them. */
import { isObject } from '../http/value';

/**
 * The SDK looks at `value.constructor` to tell objects from sets and the like, and would take an
 * attribute of that name for it; a Map has its attributes elsewhere.
 */
export function marshallable(payload: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return mapValues(payload, (parameter) => (isObject(parameter) ? mapValues(parameter, asMap) : parameter));
}

function asMap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asMap);
  return isObject(value) ? new Map(Object.entries(value).map(([name, inner]) => [name, asMap(inner)])) : value;
}

function mapValues(object: Readonly<Record<string, unknown>>, change: (value: unknown) => unknown) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}
