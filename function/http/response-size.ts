/** Measures the size of a result in a response. */
import { toJson } from './json';

/** Maximum size of a result. Lambda allows 6,291,556 bytes for a response; the rest is for status and headers. */
export const MAX_RESPONSE_BYTES = 6_000_000;

/** Returns the size of a value in a response, where its JSON is a string within the JSON of Lambda's result. */
export function responseBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(toJson(value)));
}
