/**
 * Creates, replaces and deletes items for the console, directly in DynamoDB, without IAM. A change names the item that the developer
 * saw. If the item has changed meanwhile, the change fails with 409 and the current item.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Item, TableDeployment } from '../../model/deployment';
import { isObject } from '../../services/is-object';
import { HttpError, parseJsonObject } from '../responses';
import { callForConsole, ConditionError } from './call';
import { findItem } from './read';

interface ItemChange {
  /** The item to write. */
  readonly item: Item;
  /** The item that the developer saw. Absent: the item is new. */
  readonly previous?: Item | undefined;
}

/**
 * Creates or replaces an item.
 * @param text an ItemChange as JSON
 * @throws HttpError (400) when the change is not valid, (409) when the item exists already, or has changed meanwhile
 */
export async function putItem(
  endpoint: string,
  table: TableDeployment,
  text: string,
): Promise<{ readonly item: Item }> {
  const { item, previous } = parseChange(text, ['item', 'previous']);
  if (!item) throw new HttpError(400, "item: is missing; send an item in DynamoDB's JSON.");
  const key = keyOf(table, item, 'item');
  if (previous) await checkUnchanged(endpoint, table, previous, key);
  const condition = previous ? 'attribute_exists(#key)' : 'attribute_not_exists(#key)';
  await write(endpoint, table, key, 'PutItem', { Item: item }, condition);
  return { item };
}

/**
 * Deletes an item.
 * @param text `{"previous": ...}` as JSON: the item that the developer saw
 * @throws HttpError (400) when the body is not valid, (409) when the item has changed meanwhile
 */
export async function deleteItem(endpoint: string, table: TableDeployment, text: string): Promise<object> {
  const { previous } = parseChange(text, ['previous']);
  if (!previous) throw new HttpError(400, "previous: is missing; send the item to delete in DynamoDB's JSON.");
  const key = keyOf(table, previous, 'previous');
  await checkUnchanged(endpoint, table, previous, key);
  await write(endpoint, table, key, 'DeleteItem', { Key: key }, 'attribute_exists(#key)');
  return { deleted: key };
}

/**
 * Compares the whole item, which a condition expression cannot: dynalite compares no maps, and no expression finds added attributes. A
 * write of a function between this read and the console's write is overwritten.
 */
async function checkUnchanged(endpoint: string, table: TableDeployment, previous: Item, key: Item): Promise<void> {
  if (!isDeepStrictEqual(keyOf(table, previous, 'previous'), key)) {
    throw new HttpError(
      400,
      'item: has another key than previous. Create an item with the new key, and delete the old item.',
    );
  }
  const current = await findItem(endpoint, table.name, key);
  if (!isDeepStrictEqual(normalize(previous), current && normalize(current))) throw conflict(table, key, current, true);
}

async function write(
  endpoint: string,
  table: TableDeployment,
  key: Item,
  operation: 'PutItem' | 'DeleteItem',
  input: object,
  condition: string,
): Promise<void> {
  try {
    await callForConsole(endpoint, operation, {
      TableName: table.name,
      ...input,
      ConditionExpression: condition,
      ExpressionAttributeNames: { '#key': table.keySchema[0]?.AttributeName },
    });
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    throw conflict(table, key, await findItem(endpoint, table.name, key), condition.startsWith('attribute_exists'));
  }
}

function conflict({ name }: TableDeployment, key: Item, current: Item | undefined, existed: boolean): HttpError {
  const what = `The item ${JSON.stringify(key)} of the table ${name}`;
  if (!existed) return new HttpError(409, `${what} exists already. Open the item to change it.`, { current });
  return current
    ? new HttpError(409, `${what} has changed meanwhile. Look at the current item and try again.`, { current })
    : new HttpError(409, `${what} has been deleted meanwhile. Create the item again, or close it.`);
}

/** Sets have no order. DynamoDB's JSON of equal numbers is equal. */
function normalize(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value, normalize);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    ['SS', 'NS', 'BS'].includes(name) && Array.isArray(inner) ? [...(inner as unknown[])].sort() : normalize(inner),
  ]);
  return Object.fromEntries(entries) as unknown;
}

/** @throws HttpError (400) when a key attribute is missing */
function keyOf({ keySchema }: TableDeployment, item: Item, field: string): Item {
  const missing = keySchema.find(({ AttributeName }) => !Object.hasOwn(item, AttributeName));
  if (missing) throw new HttpError(400, `${field}: the key attribute ${missing.AttributeName} is missing.`);
  return Object.fromEntries(keySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName] ?? {}]));
}

/** @throws HttpError (400) with all problems */
function parseChange(text: string, fields: readonly string[]): Partial<ItemChange> {
  const change = parseJsonObject(text);
  const problems = Object.entries(change).flatMap(([name, value]) => {
    if (!fields.includes(name)) return [`${name}: is not a field of this request.`];
    return isObject(value) ? [] : [`${name}: send an item in DynamoDB's JSON: {"id":{"S":"a"}}.`];
  });
  if (problems.length > 0) throw new HttpError(400, problems.join(' '));
  return change;
}
