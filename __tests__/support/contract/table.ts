/** Starts dynalite with the table of a contract. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import type { Api, Key } from '../../../function/contract/api';
import { allKeyFields, fieldSchema, keyFields, modelOf } from '../../../function/contract/model';
import type { LocalDynamodb } from '../dynamodb';

export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

const schemaOf = (key: Key) =>
  keyFields(key).map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' }) as const);

/** The table has the keys and indexes of the contract, and the contract's name. */
export async function startContractTable(api: Api): Promise<LocalDynamodb> {
  const server = dynalite({ createTableMs: 0, updateTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: CREDENTIALS });
  const indexes = Object.entries(api.indexes ?? {});
  await client.send(
    new CreateTableCommand({
      TableName: api.name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: schemaOf(api.key),
      AttributeDefinitions: allKeyFields(api).map((name) => ({
        AttributeName: name,
        AttributeType: typeOf(api, name),
      })),
      ...(indexes.length > 0 && {
        GlobalSecondaryIndexes: indexes.map(([IndexName, { key }]) => ({
          IndexName,
          KeySchema: schemaOf(key),
          Projection: { ProjectionType: 'ALL' } as const,
        })),
      }),
    }),
  );
  await waitUntilTableExists({ client, minDelay: 1, maxDelay: 1, maxWaitTime: 10 }, { TableName: api.name });
  client.destroy();
  return {
    endpoint,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function typeOf(api: Api, name: string): 'S' | 'N' {
  // DynamoDB's TTL counts seconds.
  if (name === modelOf(api).ttl) return 'N';
  const { type } = fieldSchema(api, name) ?? {};
  return /integer|number/.test(String(type)) ? 'N' : 'S';
}
