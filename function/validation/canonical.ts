/** Writes values of parsed JSON in a canonical form. */
import { isInexactNumber } from '../dynamodb/number';

/**
 * Writes JSON with sorted names and without spaces: equal values have the same text, and different values have different
 * texts. The value of an absent field gives the text `undefined`.
 */
export function canonicalJson(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (isInexactNumber(value)) return value.value;
  const object = value as Readonly<Record<string, unknown>>;
  const fields = Object.keys(object)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(object[name])}`);
  return `{${fields.join()}}`;
}
