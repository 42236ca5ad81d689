/** Converts parameters to a form in which the SDK accepts every attribute name. */
import { isObject } from '../http/value';

/**
 * Makes Maps of all objects within the parameters. The SDK reads `value.constructor` to tell plain objects from
 * sets, and would find an attribute named `constructor` there.
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
