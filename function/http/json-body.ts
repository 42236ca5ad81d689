/** A request body that has to be a JSON object. */
import { parseJson } from './json';
import { described, isDeeper, isObject } from './value';

/** DynamoDB takes 32 levels; what only passes through may have some more. */
export const MOST_LEVELS = 100;

export type ParsedBody = { readonly value: Record<string, unknown> } | { readonly fault: string };

/**
 * @param text undefined: none was sent; null: it is not UTF-8
 * @param expected what the object should have, for messages: `the fields id, price, name`
 */
export function parseBody(text: string | null | undefined, expected: string): ParsedBody {
  if (text === undefined) return { fault: `is missing; send a JSON object with ${expected}` };
  if (text === null) return { fault: 'must be UTF-8 text, but is not' };
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    return { fault: `must be JSON, but is not: ${(error as Error).message.slice(0, 200)}` };
  }
  if (isDeeper(value, MOST_LEVELS)) return { fault: `must not be nested deeper than ${MOST_LEVELS} levels` };
  return isObject(value) ? { value } : { fault: `must be a JSON object with ${expected}, but was ${described(value)}` };
}
