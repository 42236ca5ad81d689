/** Values of a plan: JSON, and marks where Terraform does not know a value yet or must not show it. */

/** Stands for a value that is known only after the apply. */
export const UNKNOWN = Symbol('(known after apply)');
/** Stands for a sensitive value; on the side after, for one that stays as it is. */
export const SENSITIVE = Symbol('(sensitive value)');
/** Stands, on the side after, for a sensitive value that is another than before. */
export const SENSITIVE_CHANGED = Symbol('(sensitive value, changed)');
/** Stands for JSON text that says the same with other spaces, or its keys in another order. */
export const REWRITTEN = Symbol('(the same, written differently)');

export type Value = null | boolean | number | string | symbol | readonly Value[] | Attributes;

export interface Attributes {
  readonly [name: string]: Value;
}

/** Thrown for input at fault; the message says all that a user needs. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}

export function isObject(value: Value | undefined): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** A named attribute of an object, undefined of anything else. */
export function attribute(value: Value | undefined, name: string): Value | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Whether there is nothing: AWS and Terraform do not tell null, "" and an empty collection apart. */
export function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/**
 * The one text of a value: object keys sorted, no spaces; marks as bare words, which no JSON has. Libraries for canonical
 * JSON know no such marks.
 */
export function canonical(value: Value): string {
  if (typeof value === 'symbol') return value.description ?? '';
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(',')}}`;
}

export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || canonical(a) === canonical(b);
}

/** What the text of an attribute holds when it is a JSON object or list (a policy, a schema), and undefined when it is not. */
export function structure(value: Value | undefined): readonly Value[] | Attributes | undefined {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as readonly Value[] | Attributes;
  } catch {
    return undefined;
  }
}
