/** Makes and reads page tokens. A token contains the last id of a page, and callers send it back unchanged. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { MAX_KEY_BYTES } from '../../dynamodb/storable';

const CHECKSUM_BYTES = 6;

/**
 * Makes a token: a checksum and the id in base64url. The id is in raw bytes, not JSON. The token of the longest id
 * (2,048 bytes) therefore fits into a request line (API Gateway: 10,240 bytes).
 */
export function toPageToken(lastId: string): string {
  const id = Buffer.from(lastId);
  return Buffer.concat([checksum(id), id]).toString('base64url');
}

/** Reads the id in a token. @returns undefined for text that is not a valid token */
export function fromPageToken(token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.toString('base64url') !== token || bytes.length <= CHECKSUM_BYTES) return undefined;
  const id = bytes.subarray(CHECKSUM_BYTES);
  if (id.length > MAX_KEY_BYTES || !checksum(id).equals(bytes.subarray(0, CHECKSUM_BYTES))) return undefined;
  // The checksum is not a signature: a caller can make a valid token from any bytes.
  return isUtf8(id) ? id.toString() : undefined;
}

/** Makes the checksum, which detects damaged tokens. */
function checksum(id: Buffer): Buffer {
  return createHash('sha256').update('nextToken:').update(id).digest().subarray(0, CHECKSUM_BYTES);
}
