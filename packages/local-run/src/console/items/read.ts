/** Reads the items of a table, directly from DynamoDB, without IAM. */
import type { Item, TableDeployment } from '../../model/deployment';
import { isObject } from '../../services/is-object';
import { HttpError } from '../responses';
import { callForConsole } from './call';
import { keyCondition } from './key-condition';

export interface ItemPage {
  readonly table: string;
  readonly items: readonly Item[];
  /** The `start` of the next page; absent on the last page. */
  readonly next?: string;
}

const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 100;

/**
 * Reads one page of a table or of an index: all items, or the items with a key.
 * @param query `limit`: items per page, 1 to 100; `start`: `next` of the previous page; `index`: the name of an index; and the
 * parameters of `keyCondition`
 * @throws HttpError (400) when a parameter is not valid or DynamoDB refuses the call
 */
export async function readItemPage(
  endpoint: string,
  table: TableDeployment,
  query: URLSearchParams,
): Promise<ItemPage> {
  const start = query.get('start');
  const index = query.get('index') ?? '';
  const condition = keyCondition(table, query);
  const { Items, LastEvaluatedKey } = await callForConsole(endpoint, condition ? 'Query' : 'Scan', {
    TableName: table.name,
    Limit: parseLimit(query.get('limit')),
    ...(index !== '' && { IndexName: index }),
    ...condition,
    ...(start !== null && { ExclusiveStartKey: decodeCursor(start) }),
  });
  return {
    table: table.name,
    items: (Items ?? []) as Item[],
    ...(isObject(LastEvaluatedKey) && { next: encodeCursor(LastEvaluatedKey) }),
  };
}

/**
 * Reads one item with all attributes. An index may contain only some of them.
 * @param key the item's key as JSON, in DynamoDB's JSON
 * @throws HttpError (400) when the key is not valid, (404) when there is no such item
 */
export async function readItem(endpoint: string, { name }: TableDeployment, key: string | null): Promise<Item> {
  const item = await findItem(endpoint, name, parseKey(key));
  if (!item) throw new HttpError(404, `The table ${name} has no item with the key ${key}. It may have been deleted.`);
  return item;
}

/** @returns undefined when there is no such item */
export async function findItem(endpoint: string, table: string, key: Item): Promise<Item | undefined> {
  const { Item: item } = await callForConsole(endpoint, 'GetItem', {
    TableName: table,
    Key: key,
    ConsistentRead: true,
  });
  return item as Item | undefined;
}

function parseLimit(text: string | null): number {
  const limit = Number(text ?? DEFAULT_LIMIT);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new HttpError(400, `limit: saw ${text}; allowed is a whole number from 1 to ${MAX_LIMIT}.`);
}

function parseKey(text: string | null): Item {
  const key = parseObject(text ?? '');
  if (key) return key;
  throw new HttpError(400, `key: saw ${text}; send the item's key as JSON: {"id":{"S":"a"}}.`);
}

function encodeCursor(key: object): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function decodeCursor(cursor: string): Item {
  const key = parseObject(Buffer.from(cursor, 'base64url').toString());
  if (key) return key;
  throw new HttpError(400, `start: saw ${cursor}; send the value of next from the previous page.`);
}

function parseObject(text: string): Item | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? (value as Item) : undefined;
  } catch {
    return undefined;
  }
}
