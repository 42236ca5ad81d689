/**
 * The DynamoDB calls of operations. Each call is a separate function, so that a bundle contains only the calls that its
 * operations use.
 */
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Model } from '../contract/model';
import { isConditionFailed } from '../dynamodb/errors';
import { type Condition, conditionExpression } from './condition';
import { Expression } from './expression';
import { isExpired, type Item, keyOf, WRITTEN_BY } from './item';

/** The API's table. */
export interface Store {
  readonly model: Model;
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}

/** Reads an item. @returns undefined when no item has the key, or the item has expired */
export async function getItem(store: Store, key: Item, consistent = false): Promise<Item | undefined> {
  const { Item: item } = await store.client.send(
    new GetCommand({ TableName: store.tableName, Key: key, ...(consistent && { ConsistentRead: true }) }),
  );
  return item && !isExpired(item, store.model) ? item : undefined;
}

/** Stores a whole item. @returns the item, or undefined when the condition does not hold */
export async function putItem(store: Store, item: Item, condition: Condition | undefined): Promise<Item | undefined> {
  const expression = new Expression();
  const ConditionExpression = condition && conditionExpression(condition, store.model, expression);
  const command = new PutCommand({
    TableName: store.tableName,
    Item: item,
    ...(ConditionExpression !== undefined && { ConditionExpression }),
    ...expression.attributes,
  });
  try {
    await store.client.send(command);
    return item;
  } catch (error) {
    return findEarlierWrite(store, error, keyOf(item, store.model), item[WRITTEN_BY]);
  }
}

/** The changes of an update to an item's attributes. */
export interface Changes {
  readonly set: Item;
  /** @default none */
  readonly remove?: readonly string[];
  /** Numbers to add to attributes. An absent attribute counts as 0. @default none */
  readonly add?: Readonly<Record<string, number>>;
  /** @default none */
  readonly nested?: NestedChanges | undefined;
}

/** Names of fields, from a field of the item down to a nested field: `['place', 'city']`. */
export type Path = readonly string[];

/** Changes to nested fields of an item. */
export interface NestedChanges {
  /** Paths at which the item must have an object. Otherwise the update does nothing. */
  readonly objects: readonly Path[];
  readonly set: readonly (readonly [path: Path, value: unknown])[];
  readonly remove: readonly Path[];
}

/** Changes an item. @returns the whole item after the update, or undefined when the condition does not hold */
export async function updateItem(
  { client, tableName, model }: Store,
  key: Item,
  changes: Changes,
  condition: Condition,
): Promise<Item | undefined> {
  const expression = new Expression();
  const UpdateExpression = updateExpression(changes, expression);
  const by = changes.set[WRITTEN_BY];
  // A retry of the SDK must not update the item twice. `absent` and a single version do not hold after the update; `present`
  // and a list of versions can.
  const canHoldAgain = condition === 'present' || (condition !== 'absent' && condition.length > 1);
  const isFirstAttempt = canHoldAgain && by !== undefined ? ` AND NOT ${expression.compare(WRITTEN_BY, '=', by)}` : '';
  const command = new UpdateCommand({
    TableName: tableName,
    Key: key,
    UpdateExpression,
    ConditionExpression:
      conditionExpression(condition, model, expression) + isFirstAttempt + objectsExpression(changes, expression),
    ...expression.attributes,
    ReturnValues: 'ALL_NEW',
  });
  try {
    const { Attributes: item } = await client.send(command);
    return item;
  } catch (error) {
    return findEarlierWrite({ client, tableName, model }, error, key, by);
  }
}

function objectsExpression({ nested }: Changes, expression: Expression): string {
  // DynamoDB refuses values that no expression uses.
  if (!nested || nested.objects.length === 0) return '';
  const map = expression.value('M');
  return nested.objects.map((path) => ` AND attribute_type(${expression.path(path)}, ${map})`).join('');
}

function updateExpression({ set, remove = [], add = {}, nested }: Changes, expression: Expression): string {
  const sets = [...Object.entries(set).map(([name, value]) => [[name], value] as const), ...(nested?.set ?? [])];
  const removes = [...remove.map((name) => [name]), ...(nested?.remove ?? [])];
  const clauses = [
    ['SET', sets.map(([path, value]) => `${expression.path(path)} = ${expression.value(value)}`)],
    ['REMOVE', removes.map((path) => expression.path(path))],
    ['ADD', Object.entries(add).map(([name, value]) => `${expression.name(name)} ${expression.value(value)}`)],
  ] as const;
  return clauses.flatMap(([word, parts]) => (parts.length > 0 ? [`${word} ${parts.join(', ')}`] : [])).join(' ');
}

/** Deletes an item. @returns false when the condition does not hold */
export async function deleteItem(store: Store, key: Item, condition: Condition): Promise<boolean> {
  const expression = new Expression();
  const ConditionExpression = conditionExpression(condition, store.model, expression);
  try {
    await store.client.send(
      new DeleteCommand({ TableName: store.tableName, Key: key, ConditionExpression, ...expression.attributes }),
    );
    return true;
  } catch (error) {
    if (!wasRetried(error)) return false;
    return (await getItem(store, key, true)) === undefined;
  }
}

/**
 * Reads the item that an earlier attempt of the same call wrote. The answer to that attempt was lost, the SDK retried the
 * call, and the condition failed because the first attempt had succeeded (aws-sdk-java, issue 2667).
 * @returns undefined when another request wrote the item
 * @throws the error when it is not a failed condition
 */
async function findEarlierWrite(store: Store, error: unknown, key: Item, by: unknown): Promise<Item | undefined> {
  if (!wasRetried(error) || by === undefined) return undefined;
  const item = await getItem(store, key, true);
  return item?.[WRITTEN_BY] === by ? item : undefined;
}

/** Whether the condition failed on a retry of the SDK. @throws the error when it is not a failed condition */
function wasRetried(error: unknown): boolean {
  const { $metadata } = error as { readonly $metadata?: { readonly attempts?: number } };
  if (!isConditionFailed(error as Error)) throw error;
  return ($metadata?.attempts ?? 1) > 1;
}
