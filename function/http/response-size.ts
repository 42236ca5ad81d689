/** How much a response can carry. */
import { toJson } from './json';

/** Lambda: a response has at most 6 MB (6,291,556 bytes); some of it is left for the headers. */
export const MOST_RESPONSE_BYTES = 6_000_000;

/** Bytes that a value takes in a response: its JSON is a string within the JSON of the result. */
export function responseBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(toJson(value)));
}
