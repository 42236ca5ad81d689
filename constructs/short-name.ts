/** Shortens names to the maximum that AWS allows. */
import { createHash } from 'node:crypto';

/** Characters of the SHA-256 that replaces the end of a long name. */
const HASH_CHARACTERS = 8;

/**
 * Returns a name of at most `max` characters. A longer name becomes its start and a hash of the whole name, so different names
 * stay different.
 * @param max maximum number of characters, above 9
 * @example shortName('get_items_of_customers', 16) // 'get_ite-34c9be6b'
 */
export function shortName(name: string, max: number, separator: '-' | '_' | '' = '-'): string {
  if (name.length <= max) return name;
  return name.slice(0, max - HASH_CHARACTERS - separator.length) + separator + nameHash(name);
}

/** Returns the first 8 hexadecimal digits of the name's SHA-256. */
export function nameHash(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, HASH_CHARACTERS);
}
