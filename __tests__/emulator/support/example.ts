/** Deploys and destroys the example orders as its README says: in its folder, with the state in a local file. */
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DescribeTableCommand, DynamoDBClient, type TableDescription } from '@aws-sdk/client-dynamodb';
import { clientOptions } from './clients';
import type { Deployment } from './deployment';
import { ROOT } from './run';
import { WORK } from './target';

/** The folder of the app. */
export const EXAMPLE = 'examples/orders';

/** The file with the outputs of the example. */
export const EXAMPLE_OUTPUTS = path.join(WORK, 'orders.json');

const STATE = path.join(ROOT, EXAMPLE, 'terraform.orders.tfstate');

/** Without CI, a local state is allowed. */
const OPTIONS = {
  app: EXAMPLE,
  out: 'orders',
  outputsFile: EXAMPLE_OUTPUTS,
  settings: { STATE_BUCKET: '', CI: '' },
};

/** @returns the outputs of the stack `orders` @throws Error with the output of cdktf when it fails */
export async function deployExample(deployment: Deployment): Promise<unknown> {
  await runCdktf(deployment, 'deploy');
  return (JSON.parse(readFileSync(EXAMPLE_OUTPUTS, 'utf8')) as Record<string, unknown>)['orders'];
}

/** Destroys the example, and removes its empty state. @throws Error with the output of cdktf when it fails */
export async function destroyExample(deployment: Deployment): Promise<void> {
  await runCdktf(deployment, 'destroy');
  for (const file of [STATE, `${STATE}.backup`]) rmSync(file, { force: true });
}

async function runCdktf(deployment: Deployment, command: 'deploy' | 'destroy'): Promise<void> {
  const { status, output } = await deployment.cdktf(command, ['orders'], OPTIONS).ended;
  if (status !== 0) throw new Error(`cdktf ${command} in ${EXAMPLE} ended with ${status}:\n${output.slice(-4000)}`);
}

/** The keys of the example's table and of its index. The index projects all attributes. */
export const EXAMPLE_TABLE = {
  KeySchema: [
    { AttributeName: 'customerId', KeyType: 'HASH' },
    { AttributeName: 'orderId', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byStatus',
      IndexStatus: 'ACTIVE',
      KeySchema: [
        { AttributeName: 'status', KeyType: 'HASH' },
        { AttributeName: 'createdAt', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

/** Describes a table. */
export async function describeTable(name: string): Promise<TableDescription | undefined> {
  const client = new DynamoDBClient(clientOptions());
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  client.destroy();
  return Table;
}
