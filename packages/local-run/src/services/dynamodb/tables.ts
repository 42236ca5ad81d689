/** Creates the tables of a deployment. Keeps existing tables. */
import { setTimeout } from 'node:timers/promises';
import type { IndexDeployment, KeySchema, TableDeployment } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import { callDynamodb } from './client';
import { DataError } from './data-error';

/** How long a table may take to become ACTIVE. */
const ACTIVE_TIMEOUT_MS = 10_000;

/**
 * The maximum pause between two checks. The first pause is 1 ms, and each further pause is twice as long: dynalite creates a
 * table within a millisecond, and another DynamoDB takes seconds.
 */
const MAX_PAUSE_MS = 100;

export type TableDefinition = Omit<TableDeployment, 'arn'>;

export interface CreateTableOptions {
  /**
   * Whether the tables are lost when the run ends. If true, `createTable` skips the first DescribeTable, and errors advise
   * a restart.
   * @default false
   */
  readonly inMemory?: boolean;
  readonly signal?: AbortSignal | undefined;
}

interface TableDescription {
  readonly TableStatus: string;
  readonly KeySchema: KeySchema;
  readonly AttributeDefinitions: TableDeployment['attributes'];
  readonly GlobalSecondaryIndexes?: readonly { readonly IndexName: string; readonly KeySchema: KeySchema }[];
}

/**
 * Creates a table unless it exists. Resolves when the table is ACTIVE.
 * @throws DeploymentError when the existing table has a different key (Terraform would replace the table and delete its items),
 *   or lacks an index (dynalite cannot add an index to a table)
 * @throws DataError when the table is not ACTIVE within ACTIVE_TIMEOUT_MS
 */
export async function createTable(
  endpoint: string,
  table: TableDefinition,
  { inMemory = false, signal }: CreateTableOptions = {},
): Promise<void> {
  const deadline = Date.now() + ACTIVE_TIMEOUT_MS;
  let found = inMemory ? undefined : await describeTable(endpoint, table.name, signal);
  if (!found) {
    await requestTable(endpoint, table, signal);
    found = await describeTable(endpoint, table.name, signal);
  }
  for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
    if (found) checkKey(found, table, inMemory);
    if (found) checkIndexes(found, table, inMemory);
    if (found?.TableStatus === 'ACTIVE') return;
    if (Date.now() > deadline) throw new DataError(notActiveMessage(endpoint, table.name, found));
    await setTimeout(pauseMs, undefined, { signal });
    found = await describeTable(endpoint, table.name, signal);
    // Either an older table of this name was being deleted, or the new table is not visible yet.
    if (!found) await requestTable(endpoint, table, signal);
  }
}

function notActiveMessage(endpoint: string, name: string, found: TableDescription | undefined): string {
  const seconds = ACTIVE_TIMEOUT_MS / 1000;
  const status = found ? `its status is ${found.TableStatus}` : 'it does not exist';
  return `The table ${name} at ${endpoint} is not ACTIVE after ${seconds} seconds: ${status}. Restart DynamoDB and the local run.`;
}

/** @throws DeploymentError */
function checkKey(found: TableDescription, table: TableDefinition, inMemory: boolean): void {
  if (keyOf(found.KeySchema, found.AttributeDefinitions) === keyOf(table.keySchema, table.attributes)) return;
  throw new DeploymentError(
    `The key of the existing table ${table.name} differs from its key in the stack. ` +
      `Terraform would replace the table, and its items would be lost. ${adviceFor(inMemory)}`,
  );
}

/** Allows an index that the stack no longer declares: it does no harm. @throws DeploymentError */
function checkIndexes(found: TableDescription, table: TableDefinition, inMemory: boolean): void {
  const { GlobalSecondaryIndexes: existing = [], AttributeDefinitions: types } = found;
  const missing = (table.indexes ?? []).find(({ name, keySchema }) => {
    const index = existing.find(({ IndexName }) => IndexName === name);
    return !index || keyOf(index.KeySchema, types) !== keyOf(keySchema, table.attributes);
  });
  if (!missing) return;
  throw new DeploymentError(
    `The existing table ${table.name} has no index ${missing.name} with the key in the stack. ` +
      `Terraform would create the index and keep the items; the local run cannot. ${adviceFor(inMemory)}`,
  );
}

function adviceFor(inMemory: boolean): string {
  return inMemory
    ? 'Restart the local run. Its tables are in memory, so the restart deletes all items.'
    : 'Use another --data folder or --dynamodb-endpoint, or delete the table.';
}

/** Returns a key as text, for example `HASH id S,RANGE created N`. */
function keyOf(keySchema: KeySchema, attributes: TableDeployment['attributes']): string {
  const types = new Map(attributes.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]));
  return keySchema
    .map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName} ${types.get(AttributeName)}`)
    .join();
}

/** @returns undefined when the table does not exist */
async function describeTable(
  endpoint: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<TableDescription | undefined> {
  const { status, body } = await callDynamodb(endpoint, 'DescribeTable', { TableName: name }, signal);
  if (status === 200) return body['Table'] as TableDescription;
  if (String(body['__type']).endsWith('ResourceNotFoundException')) return undefined;
  throw new Error(`DynamoDB answered ${status} to DescribeTable: ${JSON.stringify(body)}`);
}

/** Sends CreateTable. Accepts DynamoDB's error for a table that exists. */
async function requestTable(endpoint: string, table: TableDefinition, signal: AbortSignal | undefined): Promise<void> {
  const input = {
    TableName: table.name,
    KeySchema: table.keySchema,
    AttributeDefinitions: table.attributes,
    BillingMode: 'PAY_PER_REQUEST',
    ...(table.indexes && { GlobalSecondaryIndexes: table.indexes.map(toGlobalSecondaryIndex) }),
  };
  const { status, body } = await callDynamodb(endpoint, 'CreateTable', input, signal);
  if (status === 200 || String(body['__type']).endsWith('ResourceInUseException')) return;
  throw new Error(`DynamoDB answered ${status} to CreateTable: ${JSON.stringify(body)}`);
}

function toGlobalSecondaryIndex({ name, keySchema }: IndexDeployment) {
  return { IndexName: name, KeySchema: keySchema, Projection: { ProjectionType: 'ALL' } };
}
