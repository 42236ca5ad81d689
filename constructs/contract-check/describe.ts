/** Describes any JavaScript value in a few words, for messages about contracts. */

const MAX_CHARACTERS = 80;

/** @example describe(new Date()) // 'an object of the class Date' */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) {
    const { length } = value as readonly unknown[];
    return length === 0 ? 'an empty array' : `an array of ${length} ${length === 1 ? 'element' : 'elements'}`;
  }
  switch (typeof value) {
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    case 'object':
      return describeObject(value);
    case 'string':
      return `the string ${shorten(JSON.stringify(value))}`;
    case 'number':
      return `the number ${Object.is(value, -0) ? '-0' : value}`;
    default:
      return `the ${typeof value} ${shorten((value as boolean | bigint).toString())}`;
  }
}

function describeObject(value: object): string {
  const prototype = Object.getPrototypeOf(value) as { readonly constructor?: { readonly name?: unknown } } | null;
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return 'an object';
  return `an object of the class ${String(prototype.constructor?.name)}`;
}

function shorten(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}...` : text;
}
