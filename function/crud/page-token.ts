/** `nextToken`: the id after which a list goes on, in a form that callers pass on unread. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { MOST_KEY_BYTES } from '../dynamodb/key';

const CHECKSUM_BYTES = 6;

/**
 * The checksum tells a mangled token from a good one; it is no secret. The id stands in raw
 * bytes, not JSON: a token must fit a request line (API Gateway: 10,240 bytes) at 2,048 bytes of id.
 */
function checksum(id: Buffer): Buffer {
  return createHash('sha256').update('nextToken:').update(id).digest().subarray(0, CHECKSUM_BYTES);
}

export function toPageToken(lastId: string): string {
  const id = Buffer.from(lastId);
  return Buffer.concat([checksum(id), id]).toString('base64url');
}

/** The id in a token, or undefined when it is not one that `toPageToken` made. */
export function fromPageToken(token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.toString('base64url') !== token || bytes.length <= CHECKSUM_BYTES) return undefined;
  const id = bytes.subarray(CHECKSUM_BYTES);
  if (id.length > MOST_KEY_BYTES || !checksum(id).equals(bytes.subarray(0, CHECKSUM_BYTES))) return undefined;
  // The checksum is no signature: whoever reads this file can make a token, and of anything.
  return isUtf8(id) ? id.toString() : undefined;
}
