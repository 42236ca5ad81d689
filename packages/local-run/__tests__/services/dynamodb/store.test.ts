import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { callDynamodb } from '../../../src/services/dynamodb/client';
import { startDynamodb } from '../../../src/services/dynamodb/dynamodb';
import { levelModule, syncWrites } from '../../../src/services/dynamodb/store';
import { createTable } from '../../../src/services/dynamodb/tables';

const TABLE = {
  name: 'things',
  keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  attributes: [{ AttributeName: 'id', AttributeType: 'S' }],
} as const;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'store-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const level = () => levelModule(createRequire(require.resolve('dynalite')));

/** Changes the stored description of the table to a description that an earlier run may have left. */
async function changeStoredTable(change: (description: Record<string, unknown>) => object): Promise<void> {
  const { Level } = level();
  const opened = new Level(folder, { valueEncoding: 'json' });
  await opened.open();
  for await (const [key, description] of opened.iterator({ gte: 'table~', lt: 'table~\uffff' })) {
    await opened.put(key, change(description as Record<string, unknown>));
  }
  await opened.close();
}

async function startAndCreate(): Promise<void> {
  const dynamodb = await startDynamodb(folder, (text) => console.error(text));
  try {
    await createTable(dynamodb.endpoint, TABLE);
  } finally {
    await dynamodb.stop();
  }
}

test('recreates a table that a killed run was creating', async () => {
  await startAndCreate();
  await changeStoredTable((description) => ({ ...description, TableStatus: 'CREATING' }));
  await startAndCreate();
});

test('a transaction is in the folder after a restart, and a cancelled transaction is not', async () => {
  const put = (id: string) => ({ Put: { TableName: 'things', Item: { id: { S: id } } } });
  const missing = { TableName: 'things', Key: { id: { S: 'missing' } }, ConditionExpression: 'attribute_exists(id)' };
  const transactions = [
    [put('a'), put('b')],
    [put('c'), { ConditionCheck: missing }],
  ];
  const first = await startDynamodb(folder, (text) => console.error(text));
  await createTable(first.endpoint, TABLE);
  const statuses: number[] = [];
  for (const TransactItems of transactions) {
    statuses.push((await callDynamodb(first.endpoint, 'TransactWriteItems', { TransactItems })).status);
  }
  await first.stop();
  expect(statuses).toEqual([200, 400]);
  const second = await startDynamodb(folder, (text) => console.error(text));
  const { body } = await callDynamodb(second.endpoint, 'Scan', { TableName: 'things' });
  await second.stop();
  expect(body).toMatchObject({ Count: 2, Items: expect.arrayContaining([{ id: { S: 'a' } }, { id: { S: 'b' } }]) });
});

test.each([
  [
    'in memory',
    () => undefined,
    /would be lost\. Restart the local run\. Its tables are in memory, so the restart deletes all items\.$/,
  ],
  [
    'in a folder',
    () => folder,
    /would be lost\. Use another --data folder or --dynamodb-endpoint, or delete the table\.$/,
  ],
])('gives advice for a table %s whose key has changed', async (_, dataFolder, advice) => {
  const dynamodb = await startDynamodb(dataFolder(), (text) => console.error(text));
  try {
    await createTable(dynamodb.endpoint, TABLE, { inMemory: dynamodb.inMemory });
    const keySchema = [{ AttributeName: 'sku', KeyType: 'HASH' }] as const;
    const attributes = [{ AttributeName: 'sku', AttributeType: 'S' }];
    const changed = { ...TABLE, keySchema, attributes };
    await expect(createTable(dynamodb.endpoint, changed, { inMemory: dynamodb.inMemory })).rejects.toThrow(advice);
  } finally {
    await dynamodb.stop();
  }
});

test('all writes wait for the disk', async () => {
  const calls: unknown[] = [];
  const module = {
    Level: class {
      put(...args: unknown[]) {
        return Promise.resolve(calls.push(args.at(-1)));
      }
      del(...args: unknown[]) {
        return Promise.resolve(calls.push(args.at(-1)));
      }
      batch(...args: unknown[]) {
        return Promise.resolve(calls.push(args.at(-1)));
      }
    },
  } as unknown as ReturnType<typeof levelModule>;
  syncWrites(module);
  const opened = new module.Level(folder);
  await opened.put('a', 1);
  await opened.del('a', { keyEncoding: 'utf8' });
  await opened.batch([]);
  expect(calls).toEqual([{ sync: true }, { keyEncoding: 'utf8', sync: true }, { sync: true }]);
});
