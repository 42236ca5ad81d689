/** Creates tables over DynamoDB's wire protocol; one that is there already is kept. */
import { once } from 'node:events';
import http from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import type { TableDeployment } from '../../model/deployment';
import { DataError } from './dynamodb';
import { RUN_CREDENTIALS } from './credentials';
import { DeploymentError } from '../../model/deployment-error';

/** How long an endpoint may take to answer, and a table to be made, in ms. */
const TIMEOUT_MS = 10_000;

/** Between two looks whether a table has been made, in ms: dynalite makes one in a millisecond, others take seconds. */
const MOST_PAUSE_MS = 100;

interface Description {
  readonly TableStatus: string;
  readonly KeySchema: TableDeployment['keySchema'];
  readonly AttributeDefinitions: TableDeployment['attributes'];
}

/**
 * @param inMemory whether the tables there end with the run: what to do then is another thing
 * @throws DeploymentError when a table of this name has another key: Terraform would replace it, data and all
 */
export async function createTable(
  endpoint: string,
  table: Omit<TableDeployment, 'arn'>,
  signal?: AbortSignal,
  inMemory = false,
): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  // In memory there is none at a start, which waits for this.
  let found = inMemory ? undefined : await describe(endpoint, table.name, signal);
  if (!found) {
    await create(endpoint, table, signal);
    found = await describe(endpoint, table.name, signal);
  }
  for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, MOST_PAUSE_MS)) {
    if (found) checkKey(found, table, inMemory);
    if (found?.TableStatus === 'ACTIVE') return;
    if (Date.now() > deadline) throw new DataError(`The table ${table.name} at ${endpoint} does not become ACTIVE.`);
    await setTimeout(pauseMs, undefined, { signal });
    found = await describe(endpoint, table.name, signal);
    // The one that was there was being deleted; or it is made, and not seen yet.
    if (!found) await create(endpoint, table, signal);
  }
}

function checkKey(found: Description, table: Omit<TableDeployment, 'arn'>, inMemory: boolean): void {
  if (shape(found.KeySchema, found.AttributeDefinitions) === shape(table.keySchema, table.attributes)) return;
  const advice = inMemory
    ? 'Start it again: its items are in memory and will be gone.'
    : 'Use another --data folder or --dynamodb-endpoint, or delete the table.';
  throw new DeploymentError(
    `The table ${table.name} that is there has another key than the stack declares; Terraform would ` +
      `replace it, and its items would be lost. ${advice}`,
  );
}

function shape(keySchema: TableDeployment['keySchema'], attributes: TableDeployment['attributes']): string {
  const types = new Map(attributes.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]));
  return keySchema
    .map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName} ${types.get(AttributeName)}`)
    .join();
}

async function describe(endpoint: string, name: string, signal?: AbortSignal): Promise<Description | undefined> {
  const { status, body } = await askDynamodb(endpoint, 'DescribeTable', { TableName: name }, signal);
  if (status === 200) return body['Table'] as Description;
  if (String(body['__type']).endsWith('ResourceNotFoundException')) return undefined;
  throw new Error(`DynamoDB answered ${status} to DescribeTable: ${JSON.stringify(body)}`);
}

/** Does nothing where there is one. */
async function create(endpoint: string, table: Omit<TableDeployment, 'arn'>, signal?: AbortSignal): Promise<void> {
  const input = {
    TableName: table.name,
    KeySchema: table.keySchema,
    AttributeDefinitions: table.attributes,
    BillingMode: 'PAY_PER_REQUEST',
  };
  const { status, body } = await askDynamodb(endpoint, 'CreateTable', input, signal);
  if (status === 200 || String(body['__type']).endsWith('ResourceInUseException')) return;
  throw new Error(`DynamoDB answered ${status} to CreateTable: ${JSON.stringify(body)}`);
}

/**
 * Calls DynamoDB past the guard, for the run itself.
 * @throws DataError when nothing answers there; an AbortError by the signal
 */
export async function askDynamodb(endpoint: string, action: string, input: object, signal?: AbortSignal) {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await post(endpoint, action, JSON.stringify(input), signal ? AbortSignal.any([signal, timeout]) : timeout);
  } catch (error) {
    signal?.throwIfAborted();
    const { message } = (timeout.aborted ? timeout.reason : error) as Error;
    throw new DataError(`There is no DynamoDB at ${endpoint}: ${message}`);
  }
}

/** By node:http, which is loaded already: before its first request `fetch` takes a tenth of the start of the run. */
async function post(endpoint: string, action: string, body: string, signal: AbortSignal) {
  const { request } = endpoint.startsWith('https:') ? await import('node:https') : http;
  const asked = request(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(body),
      'x-amz-target': `DynamoDB_20120810.${action}`,
      ...RUN_CREDENTIALS,
    },
    signal,
  });
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [http.IncomingMessage];
  return { status: response.statusCode ?? 0, body: (await json(response)) as Record<string, unknown> };
}
