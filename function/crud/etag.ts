/** Makes and reads ETags: the version of an item and its time of creation. */
import type { Model } from '../contract/model';
import { type Version, versionOf } from './condition';
import type { Item } from './item';

/** Returns the ETag of an item. @returns undefined in contracts without a version */
export function etagOf(item: Item, model: Model): string | undefined {
  if (model.version === undefined) return undefined;
  const { version, createdAt } = versionOf(item, model);
  return createdAt ? `"${version}-${Date.parse(createdAt).toString(36)}"` : `"${version}"`;
}

/** Matches only ETags as `etagOf` writes them, without leading zeros: ETags are compared character by character. */
const ETAG = /^"(0|[1-9]\d{0,14})(?:-(0|[1-9a-z][\da-z]{0,8}))?"$/;

/** Reads the version in an ETag. @returns undefined for a text that `etagOf` did not make */
export function versionIn(etag: string): Version | undefined {
  const [, version, time] = ETAG.exec(etag) ?? [];
  if (version === undefined) return undefined;
  if (time === undefined) return { version: Number(version), createdAt: null };
  const milliseconds = parseInt(time, 36);
  // toISOString throws beyond the maximum time of a Date.
  if (milliseconds > 8.64e15) return undefined;
  return { version: Number(version), createdAt: new Date(milliseconds).toISOString() };
}

const ENTITY_TAG = '(?:W/)?"[^"]*"';

/** A list with commas, which may have empty elements (RFC 9110, 5.6.1). */
const ENTITY_TAGS = new RegExp(`^[ \\t,]*${ENTITY_TAG}(?:[ \\t]*,[ \\t,]*${ENTITY_TAG})*[ \\t,]*$`);

/**
 * Reads the value of If-Match or If-None-Match (RFC 9110, 13.1).
 * @returns the entity tags, or `*`; undefined when the value is neither
 */
export function etagsIn(header: string): '*' | readonly string[] | undefined {
  if (header.trim() === '*') return '*';
  return ENTITY_TAGS.test(header) ? (header.match(new RegExp(ENTITY_TAG, 'g')) ?? undefined) : undefined;
}
