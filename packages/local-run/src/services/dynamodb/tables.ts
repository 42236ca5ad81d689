/** Creates the tables of a deployment. Keeps existing tables. */
import { setTimeout } from 'node:timers/promises';
import { DeploymentError } from '../../model/deployment-error';
import { callDynamodb, hasErrorType } from './client';
import { DataError } from './data-error';
import {
  checkDescription,
  createTableInput,
  describeTable,
  type TableDefinition,
  type TableDescription,
} from './table-description';

/** How long a table may take to become ACTIVE. */
const ACTIVE_TIMEOUT_MS = 10_000;

/**
 * The maximum pause between two checks. The first pause is 1 ms, and each further pause is twice as long: dynalite creates a
 * table within a millisecond, and another DynamoDB takes seconds.
 */
const MAX_PAUSE_MS = 100;

export interface CreateTableOptions {
  /**
   * Whether the tables are lost when the run ends. If true, `createTable` skips the first DescribeTable, and errors advise
   * a restart.
   * @default false
   */
  readonly inMemory?: boolean;
  readonly signal?: AbortSignal | undefined;
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
    if (found) checkDescription(found, table, inMemory);
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

/** Sends CreateTable. Accepts DynamoDB's error for a table that exists. @throws DeploymentError for a table that it refuses */
async function requestTable(endpoint: string, table: TableDefinition, signal: AbortSignal | undefined): Promise<void> {
  const { status, body } = await callDynamodb(endpoint, 'CreateTable', createTableInput(table), signal);
  if (status === 200 || hasErrorType(body, 'ResourceInUseException')) return;
  if (hasErrorType(body, 'ValidationException')) {
    throw new DeploymentError(`DynamoDB refuses the table ${table.name}: ${String(body['message'])}`);
  }
  throw new Error(`DynamoDB answered ${status} to CreateTable: ${JSON.stringify(body)}`);
}
