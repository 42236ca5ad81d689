/**
 * Makes and reads the cursors of lists. A cursor contains the key after which the next page starts.
 * Another list refuses it.
 */
import { createHash } from 'node:crypto';
import { storageFault } from '../dynamodb/storable';

const CHECKSUM_BYTES = 6;

/**
 * @param values values of the key attributes in which the items of the list differ, in a fixed order
 * @param list identifies the list: requests with the same text accept each other's cursors
 */
export function toCursor(values: readonly unknown[], list: string): string {
  const payload = Buffer.from(JSON.stringify(values));
  return Buffer.concat([checksum(payload, list), payload]).toString('base64url');
}

/** Reads the values in a cursor. @returns undefined for a text that `toCursor` did not make for this list */
export function fromCursor(cursor: string, list: string): readonly unknown[] | undefined {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.toString('base64url') !== cursor || bytes.length <= CHECKSUM_BYTES) return undefined;
  const payload = bytes.subarray(CHECKSUM_BYTES);
  if (!checksum(payload, list).equals(bytes.subarray(0, CHECKSUM_BYTES))) return undefined;
  // The checksum is not a signature: a caller can make a valid cursor of any bytes.
  try {
    const values: unknown = JSON.parse(payload.toString());
    return Array.isArray(values) && values.every(isKeyValue) ? values : undefined;
  } catch {
    return undefined;
  }
}

function isKeyValue(value: unknown): boolean {
  return (typeof value === 'string' || typeof value === 'number') && storageFault(value) === undefined;
}

/** Makes a checksum that detects damaged cursors and cursors of other lists. */
function checksum(payload: Buffer, list: string): Buffer {
  return createHash('sha256').update(`${list}\n`).update(payload).digest().subarray(0, CHECKSUM_BYTES);
}
