/** Converts DynamoDB results to values that JSON has. */
import { isInexactNumber } from '../dynamodb/number';

/** Sets become arrays and binary becomes base64; everything else stays. */
export function toJsonValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Set) return [...value].map(toJsonValue);
  if (Array.isArray(value)) return value.map(toJsonValue);
  if (typeof value !== 'object' || value === null || isInexactNumber(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, toJsonValue(child)]));
}
