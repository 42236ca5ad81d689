/** Makes and reads page tokens: the last id of a page, in a form that callers send back unchanged. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { MAX_KEY_BYTES } from '../dynamodb/storable';

const CHECKSUM_BYTES = 6;

/**
 * A token is base64url of a checksum and the id. The id is in raw bytes, not JSON, so that a token with an id of
 * 2,048 bytes fits a request line (API Gateway: 10,240 bytes).
 */
export function toPageToken(lastId: string): string {
  const id = Buffer.from(lastId);
  return Buffer.concat([checksum(id), id]).toString('base64url');
}

/** The id in a token. @returns undefined for a text that `toPageToken` did not make */
export function fromPageToken(token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.toString('base64url') !== token || bytes.length <= CHECKSUM_BYTES) return undefined;
  const id = bytes.subarray(CHECKSUM_BYTES);
  if (id.length > MAX_KEY_BYTES || !checksum(id).equals(bytes.subarray(0, CHECKSUM_BYTES))) return undefined;
  // The checksum is not a signature: a caller can make a valid token of any bytes.
  return isUtf8(id) ? id.toString() : undefined;
}

/** Detects tokens that were damaged on their way. It is no secret. */
function checksum(id: Buffer): Buffer {
  return createHash('sha256').update('nextToken:').update(id).digest().subarray(0, CHECKSUM_BYTES);
}
