/** Creates the tables of a deployment. An existing table is kept. */
import { setTimeout } from 'node:timers/promises';
import type { TableDeployment } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import { callDynamodb } from './client';
import { DataError } from './data-error';

/** How long a table may take to become ACTIVE. */
const ACTIVE_TIMEOUT_MS = 10_000;

/** The pause between two checks doubles up to this: dynalite creates a table in a millisecond, others take seconds. */
const MAX_PAUSE_MS = 100;

export type TableDefinition = Omit<TableDeployment, 'arn'>;

export interface CreateTableOptions {
  /** The tables are lost when the run ends. Saves a call at the start, and changes the advice in errors. @default false */
  readonly inMemory?: boolean;
  readonly signal?: AbortSignal | undefined;
}

interface TableDescription {
  readonly TableStatus: string;
  readonly KeySchema: TableDeployment['keySchema'];
  readonly AttributeDefinitions: TableDeployment['attributes'];
}

/**
 * Resolves when the table is ACTIVE.
 * @throws DeploymentError when a table of this name has another key: Terraform would replace it and delete its items
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
    if (found?.TableStatus === 'ACTIVE') return;
    if (Date.now() > deadline) throw new DataError(`The table ${table.name} at ${endpoint} does not become ACTIVE.`);
    await setTimeout(pauseMs, undefined, { signal });
    found = await describeTable(endpoint, table.name, signal);
    // An older table of this name was being deleted, or the new one is not visible yet.
    if (!found) await requestTable(endpoint, table, signal);
  }
}

function checkKey(found: TableDescription, table: TableDefinition, inMemory: boolean): void {
  if (keyOf(found.KeySchema, found.AttributeDefinitions) === keyOf(table.keySchema, table.attributes)) return;
  const advice = inMemory
    ? 'Restart the local run: its tables are in memory, so the items will be lost.'
    : 'Use another --data folder or --dynamodb-endpoint, or delete the table.';
  throw new DeploymentError(
    `The existing table ${table.name} has another key than the stack declares. Terraform would replace the table, ` +
      `and its items would be lost. ${advice}`,
  );
}

/** `HASH id S,RANGE created N`. */
function keyOf(keySchema: TableDeployment['keySchema'], attributes: TableDeployment['attributes']): string {
  const types = new Map(attributes.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]));
  return keySchema
    .map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName} ${types.get(AttributeName)}`)
    .join();
}

/** @returns undefined when there is no such table */
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

/** Does nothing when the table exists. */
async function requestTable(endpoint: string, table: TableDefinition, signal: AbortSignal | undefined): Promise<void> {
  const input = {
    TableName: table.name,
    KeySchema: table.keySchema,
    AttributeDefinitions: table.attributes,
    BillingMode: 'PAY_PER_REQUEST',
  };
  const { status, body } = await callDynamodb(endpoint, 'CreateTable', input, signal);
  if (status === 200 || String(body['__type']).endsWith('ResourceInUseException')) return;
  throw new Error(`DynamoDB answered ${status} to CreateTable: ${JSON.stringify(body)}`);
}
