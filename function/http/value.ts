/** Values of parsed JSON: what can be stored as it was sent, and how messages describe one. */
import { isInexactNumber, isStorable } from './json';
import { shown } from './problem';

export const ILL_FORMED =
  'must be well-formed Unicode, but has a lone surrogate; send the character itself or both halves of its pair';

/** Why a string or number would not be stored as it was sent; undefined for all that would be. */
export function inexactness(value: unknown): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : ILL_FORMED;
  if (typeof value === 'number' ? isStorable(value) : !isInexactNumber(value)) return undefined;
  const digits = isInexactNumber(value) ? value.value.slice(0, 80) : Object.is(value, -0) ? '-0' : String(value);
  return (
    `must be a number that can be stored exactly, but was ${digits}; ` +
    'send one below 2^53 that a double holds (all with up to 15 significant digits are), and 0 without a sign'
  );
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isInexactNumber(value);
}

/** The JSON type of a value, a number being one whatever its digits. */
export function typeOf(value: unknown): 'null' | 'array' | 'object' | 'string' | 'number' | 'boolean' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isInexactNumber(value)) return 'number';
  return typeof value as 'object';
}

/** `an array`, `the string "x"`: for "but was ...". */
export function described(value: unknown): string {
  const type = typeOf(value);
  if (type === 'null') return 'null';
  if (type === 'array' || type === 'object') return `an ${type}`;
  return `the ${type} ${isInexactNumber(value) ? value.value.slice(0, 80) : shown(value)}`;
}

/** Whether objects and arrays stand within each other more than `levels` deep. */
export function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null || isInexactNumber(value)) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
