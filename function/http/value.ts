/** Describes values of parsed JSON for error messages. */
import { isInexactNumber } from '../dynamodb/number';

const MAX_PREVIEW_CHARACTERS = 80;

export type JsonType = 'null' | 'array' | 'object' | 'string' | 'number' | 'boolean';

/** Returns the JSON type of a value. An `InexactNumber` is a number. */
export function jsonType(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isInexactNumber(value)) return 'number';
  return typeof value as JsonType;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return jsonType(value) === 'object';
}

/** Whether objects and arrays are nested more than `levels` deep. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || isInexactNumber(value)) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeperThan(levels - 1, child));
}

/** Describes a value with its type, for text after "but was": `an array`, `the string "x"`. */
export function describeValue(value: unknown): string {
  const type = jsonType(value);
  if (type === 'null') return 'null';
  if (type === 'array' || type === 'object') return `an ${type}`;
  return `the ${type} ${isInexactNumber(value) ? value.value.slice(0, MAX_PREVIEW_CHARACTERS) : preview(value)}`;
}

/** Writes a string, number or boolean as JSON. Cuts a long string. */
export function preview(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  const text = JSON.stringify(value.slice(0, MAX_PREVIEW_CHARACTERS));
  return value.length > MAX_PREVIEW_CHARACTERS ? `${text}... (${value.length} characters)` : text;
}
