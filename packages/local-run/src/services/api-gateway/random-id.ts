/** Ids that look like AWS's. Random bytes come by the thousand: to ask for twelve takes as long as for all of these. */
import { randomFillSync } from 'node:crypto';

const bytes = Buffer.alloc(4096);
let used = bytes.length;

/** @param length in bytes, up to 4096 */
export function randomId(length: number, encoding: 'base64' | 'base64url' | 'hex'): string {
  if (used + length > bytes.length) {
    randomFillSync(bytes);
    used = 0;
  }
  used += length;
  return bytes.toString(encoding, used - length, used);
}
