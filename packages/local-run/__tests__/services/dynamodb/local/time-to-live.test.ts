/** TTL: the operations through the AWS SDK, and the deletion of expired items. */
import { setTimeout } from 'node:timers/promises';
import {
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { failure, guardedTable } from '../../../support/guarded-table';

const table = guardedTable('dynalite');
let client: DynamoDBClient;

beforeAll(async () => {
  await table.setPolicy({ Action: 'dynamodb:*' });
  client = table.client();
});

afterAll(() => client.destroy());

const update = (AttributeName: string, Enabled: boolean) =>
  client.send(new UpdateTimeToLiveCommand({ TableName: 'pets', TimeToLiveSpecification: { AttributeName, Enabled } }));

async function description() {
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: 'pets' }));
  return TimeToLiveDescription;
}

async function ids(): Promise<(string | undefined)[]> {
  const { Items: items = [] } = await client.send(new ScanCommand({ TableName: 'pets' }));
  return items.map(({ id }) => id?.S).sort();
}

test('enables, describes and disables the TTL of a table', async () => {
  expect(await description()).toEqual({ TimeToLiveStatus: 'DISABLED' });
  await update('expires', true);
  expect(await description()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
  expect((await failure(update('expires', true))).message).toBe('TimeToLive is already enabled');
  expect((await failure(update('other', true))).message).toMatch(/^TimeToLive is active on a different AttributeName/);
  await update('expires', false);
  expect(await description()).toEqual({ TimeToLiveStatus: 'DISABLED' });
  expect((await failure(update('expires', false))).message).toBe('TimeToLive is already disabled');
});

test('deletes expired items within seconds, and keeps all others', async () => {
  const now = Math.floor(Date.now() / 1000);
  const items = {
    expired: { N: String(now - 1) },
    future: { N: String(now + 3600) },
    text: { S: String(now - 1) },
    milliseconds: { N: String(now * 1000) },
    'six years': { N: String(now - 6 * 366 * 24 * 3600) },
  };
  await update('expires', true);
  for (const [id, expires] of Object.entries(items)) {
    await client.send(new PutItemCommand({ TableName: 'pets', Item: { id: { S: id }, expires } }));
  }
  await client.send(new PutItemCommand({ TableName: 'pets', Item: { id: { S: 'without' } } }));
  for (let attempt = 0; attempt < 60 && (await ids()).includes('expired'); attempt += 1) await setTimeout(100);
  expect(await ids()).toEqual(['future', 'milliseconds', 'six years', 'text', 'without']);
});
