/** Finds contract changes that do not fit the table or its stored items. OpenAPI documents do not show these changes. */
import type { Api, Managed } from '../../function/contract/api';
import { fieldSchema, keyFields, modelOf } from '../../function/contract/model';
import type { ItemSchema, Schema } from '../../function/contract/schema';
import { Findings, shown } from './finding';
import { compareSchemas } from './schemas';

export function compareTables(before: Api, after: Api, findings: Findings): void {
  compareKeys(before, after, findings);
  compareIndexes(before, after, findings);
  const [was, is] = [modelOf(before).ttl, modelOf(after).ttl];
  if (was !== is) {
    const effect = is === undefined ? 'do not expire any more' : 'without this time do not expire';
    findings.add('ttl', `is ${shown(is)}, was ${shown(was)}: stored items ${effect}`);
  }
  compareManaged(before, after, findings);
  compareStored(before.item, after.item, 'item', findings);
  compareRulesOfStored(before.item, after.item, findings);
}

function compareManaged(before: Api, after: Api, findings: Findings): void {
  for (const [field, how] of modelOf(after).managed) {
    const old = before.managed?.[field];
    if (fieldSchema(before, field) === undefined) {
      findings.add(
        `item ${field}`,
        `is set by the server now (${shown(how)}): stored items lack it until they are written`,
      );
    } else if (old !== undefined && shown(old) !== shown(how) && !(lifetimeOf(how) > lifetimeOf(old))) {
      findings.add(`item ${field}`, `is ${shown(how)}, was ${shown(old)}: stored items keep their old value`);
    }
  }
}

/** The seconds after which items expire; NaN for other managed fields. */
function lifetimeOf(how: Managed): number {
  return typeof how === 'object' && 'expiresAfter' in how ? how.expiresAfter : NaN;
}

/** Finds new rules of items that stored items may not fit. */
function compareRulesOfStored(before: ItemSchema, after: ItemSchema, findings: Findings): void {
  const narrowed = new Findings();
  compareSchemas(
    { schema: { ...before }, document: {} },
    { schema: { ...after }, document: {} },
    'sent',
    'item',
    narrowed,
  );
  for (const { place, change } of narrowed.all) {
    // Stored items have the old default. compareStored finds fields that are required now.
    if (!/^(has default|is required) /.test(change)) findings.add(place, `${change}: stored items may not fit`);
  }
}

/** Formats a key: the name and the DynamoDB type of each field. */
function keyOf(api: Api, key: Api['key']): string {
  const typeOf = (name: string) => {
    const types = [fieldSchema(api, name)?.type].flat();
    return types.includes('number') || types.includes('integer') || name === modelOf(api).ttl ? 'number' : 'string';
  };
  return keyFields(key)
    .map((name) => `${name} (${typeOf(name)})`)
    .join(', ');
}

function compareKeys(before: Api, after: Api, findings: Findings): void {
  const [was, is] = [keyOf(before, before.key), keyOf(after, after.key)];
  if (was !== is) findings.add('key', `is ${is}, was ${was}: the table is replaced, and its items are lost`);
}

function compareIndexes(before: Api, after: Api, findings: Findings): void {
  for (const [name, { key }] of Object.entries(before.indexes ?? {})) {
    const next = after.indexes?.[name];
    if (!next) {
      findings.add(`index ${name}`, 'is gone');
      continue;
    }
    const [was, is] = [keyOf(before, key), keyOf(after, next.key)];
    if (was !== is)
      findings.add(
        `index ${name}`,
        `is ${is}, was ${was}: the index is rebuilt, and lists that use it fail until then`,
      );
  }
}

/** Finds fields that every answer now has, because they are required or have a default. Stored items may lack them. */
function compareStored(before: Schema, after: Schema, place: string, findings: Findings): void {
  if ('items' in before && 'items' in after) return compareStored(before.items, after.items, `${place}[]`, findings);
  if (!('properties' in before) || !('properties' in after)) return;
  const isPresent = (schema: typeof after, name: string) =>
    (schema.required ?? []).includes(name) || schema.properties[name]?.default !== undefined;
  for (const [name, field] of Object.entries(after.properties)) {
    const where = place === 'item' ? `item ${name}` : `${place}.${name}`;
    const old = before.properties[name];
    if (isPresent(after, name) && !(old && isPresent(before, name))) {
      const why = (after.required ?? []).includes(name) ? 'is required now' : 'has a default now';
      findings.add(where, `${why}: stored items may lack it`);
    }
    if (old) compareStored(old, field, where, findings);
  }
}
