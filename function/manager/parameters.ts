/** Converts parameters so that the SDK accepts all attribute names. */
import { isObject } from '../http/value';

/**
 * Converts all objects inside the parameters to Maps. The SDK reads `value.constructor` to tell plain objects from sets.
 * In a plain object, an attribute named `constructor` would replace that property.
 */
export function toSdkParameters(payload: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return mapValues(payload, (parameter) => (isObject(parameter) ? mapValues(parameter, toMap) : parameter));
}

function toMap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toMap);
  return isObject(value) ? new Map(Object.entries(value).map(([name, child]) => [name, toMap(child)])) : value;
}

function mapValues(object: Readonly<Record<string, unknown>>, change: (value: unknown) => unknown) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}
