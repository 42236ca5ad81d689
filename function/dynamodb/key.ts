/** The rules for an item's id: DynamoDB's for a partition key, and those of the path it has to travel in. */
import type { Gateway } from '../http/contract';
import { lostOnPath } from '../http/path-id';
import { ILL_FORMED } from '../http/value';

/** DynamoDB: a partition key has 1 to 2,048 bytes of UTF-8. */
export const MOST_KEY_BYTES = 2048;

/** Why DynamoDB could not hold an id as it was sent, or undefined. */
export function storedKeyFault(id: string): string | undefined {
  if (id === '') return 'must not be empty';
  if (!id.isWellFormed()) return ILL_FORMED;
  const bytes = Buffer.byteLength(id);
  return bytes > MOST_KEY_BYTES ? `must be at most ${MOST_KEY_BYTES} bytes of UTF-8, but has ${bytes}` : undefined;
}

/** What is wrong with an id that has to travel in a path, or undefined. */
export function keyFault(id: string, gateway: Gateway): string | undefined {
  return storedKeyFault(id) ?? lostOnPath(id, gateway);
}
