/** The values in a plan: JSON values, numbers with their exact digits, and marks (symbols) for values that are not shown. */

import { ExactNumber, parseJson } from './json';

export { ExactNumber };

// The description of UNKNOWN is part of the digest: a change of the description invalidates every review.
/** Replaces a value that is known only after the apply. */
export const UNKNOWN = Symbol('(known after apply)');
/** Replaces, in a difference, JSON text that changes only in its spaces or the order of its keys. */
export const REFORMATTED = Symbol('(same JSON, formatted differently)');

export type Value = null | boolean | number | string | ExactNumber | symbol | readonly Value[] | Attributes;

export interface Attributes {
  readonly [name: string]: Value;
}

export function isObject(value: Value | undefined): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

/** The size of a number, for comparisons. @returns undefined for other values */
export function numberOf(value: Value | undefined): number | undefined {
  if (value instanceof ExactNumber) return Number(value.digits);
  return typeof value === 'number' ? value : undefined;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Returns a member of an object; undefined for other values. */
export function attribute(value: Value | undefined, name: string): Value | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Returns the different members of a list. */
export function unique<Member>(members: readonly Member[]): Member[] {
  return [...new Set(members)];
}

/** Returns an object itself, and an empty object for other values. */
export function toRecord(value: Value | undefined): Attributes {
  return isObject(value) ? value : {};
}

/** Whether the value is absent, null, "" or an empty collection: AWS and Terraform treat these alike. */
export function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/**
 * Formats a value as canonical JSON: sorted keys, no spaces. A mark is written without quotes, so it differs from any JSON
 * value. Libraries for canonical JSON do not support marks.
 */
export function canonicalJson(value: Value): string {
  if (typeof value === 'symbol') return value.description ?? '';
  if (value instanceof ExactNumber) return value.digits;
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`).join(',')}}`;
}

/** Whether two values have the same canonical JSON. */
export function isSame(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((member, index) => isSame(member, b[index]));
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
    );
  }
  return canonicalJson(a) === canonicalJson(b);
}

/**
 * Parses a text that contains a JSON object or list, such as a policy.
 * @returns undefined for other values, and for JSON with duplicate keys: parsers use only one of the members
 */
export function parseJsonText(value: Value | undefined): readonly Value[] | Attributes | undefined {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return undefined;
  try {
    const { value: parsed, duplicateKeys } = parseJson(value);
    return duplicateKeys.length === 0 ? (parsed as readonly Value[] | Attributes) : undefined;
  } catch {
    return undefined;
  }
}
