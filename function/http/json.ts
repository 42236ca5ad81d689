/** Parses and writes JSON without loss. A number that a double cannot hold keeps its digits. */
import { parse, stringify } from 'lossless-json';
import { parseNumber } from '../dynamodb/number';

/**
 * Parses JSON. A number that a double would change becomes an `InexactNumber`.
 * @throws SyntaxError for malformed JSON, and for a key that appears twice with different values
 */
export function parseJson(text: string): unknown {
  try {
    return parse(text, undefined, { parseNumber });
  } catch (error) {
    // The parser is recursive; tens of thousands of brackets exhaust the stack.
    if (error instanceof RangeError) throw new SyntaxError('it is nested too deeply', { cause: error });
    throw error;
  }
}

/** Writes a value as JSON. Inexact numbers keep all their digits. */
export function toJson(value: unknown): string {
  return stringify(value) ?? 'null';
}
