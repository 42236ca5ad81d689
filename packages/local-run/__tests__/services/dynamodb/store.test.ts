import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { startDynamodb } from '../../../src/services/dynamodb/dynamodb';
import { levelOf, writeThrough } from '../../../src/services/dynamodb/store';
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

const level = () => levelOf(createRequire(require.resolve('dynalite')));

/** Changes what is stored of the table, as an earlier run might have left it. */
async function store(value: (old: Record<string, unknown>) => unknown): Promise<void> {
  const { Level } = level();
  const opened = new Level(folder, { valueEncoding: 'json' });
  await opened.open();
  for await (const [key, old] of opened.iterator({ gte: 'table~', lt: 'table~\uffff' })) {
    await opened.put(key, value(old as Record<string, unknown>));
  }
  await opened.close();
}

async function started(): Promise<void> {
  const dynamodb = await startDynamodb(folder, (text) => console.error(text));
  try {
    await createTable(dynamodb.endpoint, TABLE);
  } finally {
    await dynamodb.stop();
  }
}

test('a table that a killed run was creating is created again', async () => {
  await started();
  await store((old) => ({ ...old, TableStatus: 'CREATING' }));
  await started();
});

test.each([
  ['in memory', () => undefined, /would be lost\. Start it again: its items are in memory and will be gone\.$/],
  [
    'in a folder',
    () => folder,
    /would be lost\. Use another --data folder or --dynamodb-endpoint, or delete the table\.$/,
  ],
])('a table %s whose key has changed: what can be done', async (_, where, advice) => {
  const dynamodb = await startDynamodb(where(), (text) => console.error(text));
  try {
    await createTable(dynamodb.endpoint, TABLE, undefined, dynamodb.inMemory);
    const keySchema = [{ AttributeName: 'sku', KeyType: 'HASH' }] as const;
    const attributes = [{ AttributeName: 'sku', AttributeType: 'S' }];
    const changed = { ...TABLE, keySchema, attributes };
    await expect(createTable(dynamodb.endpoint, changed, undefined, dynamodb.inMemory)).rejects.toThrow(advice);
  } finally {
    await dynamodb.stop();
  }
});

test('writes wait for the disk', async () => {
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
  } as unknown as ReturnType<typeof levelOf>;
  writeThrough(module);
  const opened = new module.Level(folder);
  await opened.put('a', 1);
  await opened.del('a', { keyEncoding: 'utf8' });
  await opened.batch([]);
  expect(calls).toEqual([{ sync: true }, { keyEncoding: 'utf8', sync: true }, { sync: true }]);
});
