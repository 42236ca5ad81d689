/** Converts items between their form in the table and the form that callers see. */
import type { Model } from '../contract/model';
import { preview } from '../http/value';

export type Item = Record<string, unknown>;

/** Prefix of hidden attributes, which callers do not see. Names of contract fields cannot begin with it. */
const HIDDEN = '~';

/** Hidden attribute: id of the request that last wrote the item. A retry recognizes its first attempt by this id. */
export const WRITTEN_BY = '~by';

/** Hidden attribute: hashes of the Idempotency-Key and of the body that created the item. */
export const CREATED_BY = '~request';

/** Hidden attribute: time of creation, in contracts that have a version and no managed field `createdAt`. */
const CREATED_AT = '~created';

/** Returns the field with the time of creation. It distinguishes an item from a deleted item with the same key. */
export function creationField({ createdAt, version }: Model): string | undefined {
  return createdAt ?? (version === undefined ? undefined : CREATED_AT);
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** Returns the key fields of an item. */
export function keyOf(item: Item, { keys }: Model): Item {
  const key: Item = {};
  for (const name of keys) key[name] = item[name];
  return key;
}

/** Returns the key of an item for error messages: `"c1", "o1"`. */
export function keyText(item: Item, { keys }: Model): string {
  return keys.map((name) => preview(item[name])).join(', ');
}

/** Converts the time of expiry from a date-time to seconds since 1970, the only format that DynamoDB's TTL supports. */
export function toStored(item: Item, { ttl }: Model): Item {
  if (ttl === undefined || typeof item[ttl] !== 'string') return item;
  return { ...item, [ttl]: toSeconds(item[ttl]) };
}

export function toSeconds(dateTime: string): number {
  return Math.floor(Date.parse(dateTime) / 1000);
}

/** Removes hidden attributes, and converts the time of expiry to a date-time. */
export function toVisible(item: Item, { ttl }: Model): Item {
  const visible: Item = {};
  for (const name of Object.keys(item)) {
    if (name.startsWith(HIDDEN)) continue;
    const value = item[name];
    visible[name] = name === ttl && typeof value === 'number' ? new Date(value * 1000).toISOString() : value;
  }
  return visible;
}

/** Whether the item has expired. DynamoDB may keep an expired item for days. */
export function isExpired(item: Item, { ttl }: Model): boolean {
  return ttl !== undefined && typeof item[ttl] === 'number' && item[ttl] <= nowSeconds();
}
