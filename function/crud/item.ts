/** Items as the table has them, and as callers see them. */
import type { Model } from '../contract/model';
import { preview } from '../http/value';

export type Item = Record<string, unknown>;

/** Attributes that callers do not see have names that begin with this. Fields of contracts cannot. */
const HIDDEN = '~';

/** Hidden: id of the request that last wrote the item. A retry of that request finds its own write by it. */
export const WRITTEN_BY = '~by';

/** Hidden: hashes of the Idempotency-Key and of the body that created the item. */
export const CREATED_BY = '~request';

/** Hidden: time of creation, in contracts that have a version and no field for this time. */
const CREATED_AT = '~created';

/** The field with the time of creation, which tells an item from an earlier one with the same key. */
export function creationField({ createdAt, version }: Model): string | undefined {
  return createdAt ?? (version === undefined ? undefined : CREATED_AT);
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** The key of an item. */
export function keyOf(item: Item, { keys }: Model): Item {
  const key: Item = {};
  for (const name of keys) key[name] = item[name];
  return key;
}

/** The key of an item for error messages: `"c1", "o1"`. */
export function keyText(item: Item, { keys }: Model): string {
  return keys.map((name) => preview(item[name])).join(', ');
}

/** Changes the date-time after which the item expires to seconds, the only form that DynamoDB's TTL knows. */
export function toStored(item: Item, { ttl }: Model): Item {
  if (ttl === undefined || typeof item[ttl] !== 'string') return item;
  return { ...item, [ttl]: toSeconds(item[ttl]) };
}

export function toSeconds(dateTime: string): number {
  return Math.floor(Date.parse(dateTime) / 1000);
}

/** The item without hidden attributes, its expiry as a date-time. */
export function toVisible(item: Item, { ttl }: Model): Item {
  const visible: Item = {};
  for (const name of Object.keys(item)) {
    if (name.startsWith(HIDDEN)) continue;
    const value = item[name];
    visible[name] = name === ttl && typeof value === 'number' ? new Date(value * 1000).toISOString() : value;
  }
  return visible;
}

/** Whether the item has expired. DynamoDB may delete it days later. */
export function isExpired(item: Item, { ttl }: Model): boolean {
  return ttl !== undefined && typeof item[ttl] === 'number' && item[ttl] <= nowSeconds();
}
