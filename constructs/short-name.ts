/** Shortens names to what AWS allows. */
import { createHash } from 'node:crypto';

/** Characters of the SHA-256 that replaces the end of a long name. */
const HASH_CHARACTERS = 8;

/**
 * Returns a name that fits: the name itself, or its start and a hash of the whole name, so that two long names stay different.
 * @param max maximum number of characters, above 9
 * @example shortName('get_a_b', 6 + 9) // 'get_a_b'
 */
export function shortName(name: string, max: number, separator: '-' | '_' | '' = '-'): string {
  if (name.length <= max) return name;
  return name.slice(0, max - HASH_CHARACTERS - separator.length) + separator + nameHash(name);
}

/** @returns 8 hexadecimal digits, which the name decides */
export function nameHash(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, HASH_CHARACTERS);
}
