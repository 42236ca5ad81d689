/** Compares an existing table with the table of a stack, and writes the request that creates a table. */
import type { IndexDeployment, IndexProjection, KeySchema, TableDeployment } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import { callDynamodb, hasErrorType } from './client';

export type TableDefinition = Omit<TableDeployment, 'arn'>;

interface IndexDescription {
  readonly IndexName: string;
  readonly KeySchema: KeySchema;
  readonly Projection?: {
    readonly ProjectionType?: IndexProjection['type'];
    readonly NonKeyAttributes?: readonly string[];
  };
}

export interface TableDescription {
  readonly TableStatus: string;
  readonly KeySchema: KeySchema;
  readonly AttributeDefinitions: TableDeployment['attributes'];
  readonly GlobalSecondaryIndexes?: readonly IndexDescription[];
  readonly LocalSecondaryIndexes?: readonly IndexDescription[];
}

/** @returns undefined when the table does not exist */
export async function describeTable(
  endpoint: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<TableDescription | undefined> {
  const { status, body } = await callDynamodb(endpoint, 'DescribeTable', { TableName: name }, signal);
  if (status === 200) return body['Table'] as TableDescription;
  if (hasErrorType(body, 'ResourceNotFoundException')) return undefined;
  throw new Error(`DynamoDB answered ${status} to DescribeTable: ${JSON.stringify(body)}`);
}

/** The input of CreateTable. The capacity has no effect on this machine, so the table is on demand. */
export function createTableInput({ name, keySchema, attributes, indexes, localIndexes }: TableDefinition): object {
  return {
    TableName: name,
    KeySchema: keySchema,
    AttributeDefinitions: attributes,
    BillingMode: 'PAY_PER_REQUEST',
    ...(indexes && { GlobalSecondaryIndexes: indexes.map(toIndexInput) }),
    ...(localIndexes && { LocalSecondaryIndexes: localIndexes.map(toIndexInput) }),
  };
}

function toIndexInput({ name, keySchema, projection }: IndexDeployment): object {
  const { type } = projection;
  const NonKeyAttributes = type === 'INCLUDE' ? projection.nonKeyAttributes : undefined;
  return { IndexName: name, KeySchema: keySchema, Projection: { ProjectionType: type, NonKeyAttributes } };
}

/**
 * Allows an index that the stack no longer declares: it does no harm.
 * @throws DeploymentError when the existing table has a different key, or lacks an index
 */
export function checkDescription(found: TableDescription, table: TableDefinition, inMemory: boolean): void {
  const { GlobalSecondaryIndexes: global = [], LocalSecondaryIndexes: local = [] } = found;
  if (keyOf(found.KeySchema, found.AttributeDefinitions) !== keyOf(table.keySchema, table.attributes)) {
    throw new DeploymentError(
      `The key of the existing table ${table.name} differs from its key in the stack. ${replacement(inMemory)}`,
    );
  }
  const isMissing = (existing: readonly IndexDescription[]) => (index: IndexDeployment) =>
    !existing.some((other) => isSameIndex(other, found, index, table));
  const missingLocal = table.localIndexes?.find(isMissing(local));
  if (missingLocal) {
    throw new DeploymentError(
      `The existing table ${table.name} has no local index ${missingLocal.name} with the key and the projection in the ` +
        `stack. ${replacement(inMemory)}`,
    );
  }
  const missing = table.indexes?.find(isMissing(global));
  if (!missing) return;
  throw new DeploymentError(
    `The existing table ${table.name} has no index ${missing.name} with the key and the projection in the stack. ` +
      `Terraform would create the index and keep the items; the local run cannot. ${adviceFor(inMemory)}`,
  );
}

function isSameIndex(
  { IndexName, KeySchema: keySchema, Projection: projection = {} }: IndexDescription,
  { AttributeDefinitions: types }: TableDescription,
  index: IndexDeployment,
  table: TableDefinition,
): boolean {
  const { ProjectionType: type, NonKeyAttributes: included = [] } = projection;
  const wanted = index.projection.type === 'INCLUDE' ? index.projection.nonKeyAttributes : [];
  return (
    IndexName === index.name &&
    keyOf(keySchema, types) === keyOf(index.keySchema, table.attributes) &&
    type === index.projection.type &&
    [...included].sort().join() === [...wanted].sort().join()
  );
}

function replacement(inMemory: boolean): string {
  return `Terraform would replace the table, and its items would be lost. ${adviceFor(inMemory)}`;
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
