/** Finds values that DynamoDB cannot store exactly as they were sent. */
import { isInexactNumber, isStorable } from './number';

/** DynamoDB's maximum for a partition key, in bytes of UTF-8. */
export const MAX_KEY_BYTES = 2048;

/** DynamoDB's maximum for a sort key, in bytes of UTF-8. */
export const MAX_SORT_KEY_BYTES = 1024;

const LONE_SURROGATE =
  'must be well-formed Unicode, but has a lone surrogate; send the character itself or both halves of its pair';

/** Returns the fault of a string or number that DynamoDB would change. @returns undefined for all other values */
export function storageFault(value: unknown): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : LONE_SURROGATE;
  if (typeof value === 'number' ? isStorable(value) : !isInexactNumber(value)) return undefined;
  const digits = isInexactNumber(value) ? value.value.slice(0, 80) : Object.is(value, -0) ? '-0' : String(value);
  return (
    `must be a number that can be stored exactly, but was ${digits}; ` +
    'send one below 2^53 that a double holds (any with up to 15 significant digits will do), and 0 without a sign'
  );
}

/**
 * Returns the fault of a key.
 * @param maxBytes @default the maximum of a partition key
 * @returns undefined when DynamoDB can store it
 */
export function keyFault(id: string, maxBytes = MAX_KEY_BYTES): string | undefined {
  if (id === '') return 'must not be empty';
  if (!id.isWellFormed()) return LONE_SURROGATE;
  const bytes = Buffer.byteLength(id);
  return bytes > maxBytes ? `must be at most ${maxBytes} bytes of UTF-8, but has ${bytes}` : undefined;
}
