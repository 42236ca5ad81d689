/** Restores tables to a point in time. */
import {
  DynamoDBClient,
  ListTablesCommand,
  RestoreTableToPointInTimeCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { clientOptions } from './clients';

/** Restores a table to the present, and waits until the new table can be used. */
export async function restoreTable(source: string, target: string): Promise<void> {
  const client = new DynamoDBClient(clientOptions());
  await client.send(
    new RestoreTableToPointInTimeCommand({
      SourceTableName: source,
      TargetTableName: target,
      UseLatestRestorableTime: true,
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName: target });
  client.destroy();
}

export async function tableNames(): Promise<string[]> {
  const client = new DynamoDBClient(clientOptions());
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  client.destroy();
  return TableNames;
}
