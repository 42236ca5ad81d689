/** Measures results against the size limit of a response. */
import { toJson } from './json';

/** Lambda allows 6 MB (6,291,556 bytes) for a response; the rest is left for its headers. */
export const MAX_RESPONSE_BYTES = 6_000_000;

/** Bytes that a value takes in a response: its JSON is a string within the JSON of Lambda's result. */
export function responseBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(toJson(value)));
}
