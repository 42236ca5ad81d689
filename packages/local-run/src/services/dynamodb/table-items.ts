/**
 * Puts the items of a stack (aws_dynamodb_table_item) into their tables.
 * - At the start, an existing item of the same key stays: an earlier run with the same data folder put it there, and functions
 *   may have changed it since. Terraform would refuse to create it.
 * - On a reload, only the differences are applied: a new item is put unless it exists, a changed item is overwritten, and a
 *   removed item is deleted.
 */
import { isDeepStrictEqual } from 'node:util';
import type { TableItemDeployment } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import { callDynamodb, hasErrorType } from './client';

/**
 * @param items the items of the stacks now
 * @param previous the items of the stacks that the run serves until now, without items of removed tables: these tables stay as
 *   they are
 * @throws DeploymentError for an item that DynamoDB refuses
 */
export async function applyTableItems(
  endpoint: string,
  items: readonly TableItemDeployment[],
  previous: readonly TableItemDeployment[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const before = new Map(previous.map((item) => [identityOf(item), item]));
  const after = new Set(items.map(identityOf));
  const removed = previous.filter((item) => !after.has(identityOf(item)));
  await Promise.all([
    ...removed.map((item) => deleteItem(endpoint, item, signal)),
    ...items.map(async (item) => {
      const old = before.get(identityOf(item));
      if (!old) await putItem(endpoint, item, unlessExists(item), signal);
      else if (!isDeepStrictEqual(old.item, item.item)) await putItem(endpoint, item, {}, signal);
    }),
  ]);
}

function identityOf({ table, key }: TableItemDeployment): string {
  return JSON.stringify([table, key]);
}

function unlessExists({ key }: TableItemDeployment): object {
  const [partitionKey] = Object.keys(key);
  return { ConditionExpression: 'attribute_not_exists(#key)', ExpressionAttributeNames: { '#key': partitionKey } };
}

async function putItem(
  endpoint: string,
  { address, table, item }: TableItemDeployment,
  condition: object,
  signal: AbortSignal | undefined,
): Promise<void> {
  const input = { TableName: table, Item: item, ...condition };
  const { status, body } = await callDynamodb(endpoint, 'PutItem', input, signal);
  if (status === 200 || hasErrorType(body, 'ConditionalCheckFailedException')) return;
  throw new DeploymentError(
    `${address}: DynamoDB refuses the item in the table ${table}: ${String(body['message'] ?? body['__type'])}. ` +
      'Correct item, or table_name.',
  );
}

async function deleteItem(
  endpoint: string,
  { address, table, key }: TableItemDeployment,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { status, body } = await callDynamodb(endpoint, 'DeleteItem', { TableName: table, Key: key }, signal);
  if (status === 200) return;
  throw new Error(`DynamoDB answered ${status} to DeleteItem for ${address}: ${JSON.stringify(body)}`);
}
