/** Makes and reads ETags: the version of an item and its time of creation. */
import type { Model } from '../contract/model';
import { type Version, versionOf } from './condition';
import type { Item } from './item';

/** @returns undefined in contracts without a version */
export function etagOf(item: Item, model: Model): string | undefined {
  if (model.version === undefined) return undefined;
  const { version, createdAt } = versionOf(item, model);
  return createdAt === undefined ? `"${version}"` : `"${version}-${Date.parse(createdAt).toString(36)}"`;
}

/** The version in an ETag. @returns undefined for a text that `etagOf` did not make */
export function versionIn(etag: string): Version | undefined {
  const [, version, time] = /^"(\d{1,15})(?:-([\da-z]{1,9}))?"$/.exec(etag) ?? [];
  if (version === undefined) return undefined;
  const milliseconds = time === undefined ? undefined : parseInt(time, 36);
  // Beyond this a Date has no text.
  if (milliseconds !== undefined && milliseconds > 8.64e15) return undefined;
  const createdAt = milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
  return { version: Number(version), createdAt };
}

/** The entity tags of an If-Match or If-None-Match header, `*` among them. @returns undefined when it was not sent */
export function etagsIn(header: string | undefined): readonly string[] | undefined {
  return header === undefined ? undefined : (header.match(/\*|(?:W\/)?"[^"]*"/g) ?? []);
}
