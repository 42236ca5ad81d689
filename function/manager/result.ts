/** Converts results of DynamoDB to JSON values. */
import { isInexactNumber } from '../dynamodb/number';

/** Converts sets to arrays and binary values to base64. Other values stay the same. */
export function toJsonValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Set) return [...value].map(toJsonValue);
  if (Array.isArray(value)) return value.map(toJsonValue);
  if (typeof value !== 'object' || value === null || isInexactNumber(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, toJsonValue(child)]));
}
