/** Parses a request body that must be a JSON object. */
import { parseJson } from './json';
import { describeValue, isDeeperThan, isObject } from './value';

/** Maximum nesting of a body. It is above DynamoDB's 32 levels, because `manager` also echoes values. */
export const MAX_BODY_LEVELS = 100;

export type ParsedBody = { readonly value: Record<string, unknown> } | { readonly fault: string };

/**
 * Parses a body.
 * @param text undefined when no body was sent, null when it is not UTF-8
 * @param expected the expected fields, for error messages: `the fields id, price, name`
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
  if (isDeeperThan(MAX_BODY_LEVELS, value))
    return { fault: `must not be nested deeper than ${MAX_BODY_LEVELS} levels` };
  if (isObject(value)) return { value };
  return { fault: `must be a JSON object with ${expected}, but was ${describeValue(value)}` };
}
