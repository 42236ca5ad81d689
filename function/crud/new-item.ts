/** Makes new items: sets the fields that the server manages. */
import type { Managed } from '../contract/api';
import type { Model } from '../contract/model';
import { creationField, type Item, nowSeconds, toStored } from './item';
import { randomCode, textCode, textUuid, timeUuid } from './ids';

/**
 * Makes the item to store.
 * @param sent the checked body, and the fields from the path and the claims
 * @param seed derives ids and codes from this text @default ids and codes are random
 */
export function newItem(sent: Item, model: Model, seed?: string): Item {
  const now = new Date().toISOString();
  const item = { ...sent };
  for (const [field, how] of model.managed) {
    const value = managedValue(how, now, seed === undefined ? undefined : `${seed}\n${field}`);
    if (value !== undefined) item[field] ??= value;
  }
  const created = creationField(model);
  if (created !== undefined) item[created] ??= now;
  return toStored(item, model);
}

function managedValue(how: Managed, now: string, seed: string | undefined): string | number | undefined {
  switch (how) {
    case 'uuid':
      return seed === undefined ? timeUuid() : textUuid(seed);
    case 'createdAt':
    case 'updatedAt':
      return now;
    case 'version':
      return 1;
    case 'counter':
      return 0;
  }
  if ('random' in how) return seed === undefined ? randomCode(how.random) : textCode(seed, how.random);
  return 'expiresAfter' in how ? nowSeconds() + how.expiresAfter : undefined;
}
