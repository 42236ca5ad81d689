/** Refuses large request bodies, before they are parsed. */
import { Problem } from './problem';
import type { Request } from './serve';
import type { Variable } from './variables';

/**
 * Reads the maximum size of bodies from MAX_BODY_BYTES, which the stack sets if the setting `maxBodyBytes` is not 0.
 * Call it at cold start, so that a faulty deployment fails immediately.
 * @throws Error when the variable is not a whole number
 */
export function maxBodyBytes(byDefault: number): number {
  const text = process.env['MAX_BODY_BYTES' satisfies Variable];
  if (!text) return byDefault;
  const bytes = Number(text);
  if (Number.isSafeInteger(bytes)) return bytes;
  throw new Error(`The variable MAX_BODY_BYTES is ${JSON.stringify(text)}. Set it to a number of bytes, or remove it.`);
}

/** @throws Problem 413 */
export function refuseLargeBody({ body }: Request, max: number): void {
  const bytes = Buffer.byteLength(body ?? '');
  if (bytes > max) throw new Problem(413, `The body has ${bytes} bytes. Send at most ${max}.`);
}
