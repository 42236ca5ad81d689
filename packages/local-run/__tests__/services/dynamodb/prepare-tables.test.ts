/** Prepares tables in dynalite: indexes, and the items of stacks at the start and on a reload. */
import type { Item, TableDeployment, TableItemDeployment } from '../../../src/model/deployment';
import { DeploymentError } from '../../../src/model/deployment-error';
import { callDynamodb } from '../../../src/services/dynamodb/client';
import { type Dynamodb, startDynamodb } from '../../../src/services/dynamodb/dynamodb';
import { prepareTables } from '../../../src/services/dynamodb/prepare-tables';

const TABLE: TableDeployment = {
  name: 'flags',
  arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/flags',
  keySchema: [{ AttributeName: 'name', KeyType: 'HASH' }],
  attributes: [{ AttributeName: 'name', AttributeType: 'S' }],
};

const flag = (name: string, share: number): TableItemDeployment => {
  const item: Item = { name: { S: name }, share: { N: String(share) } };
  return { address: `aws_dynamodb_table_item.${name}`, table: 'flags', item, key: { name: { S: name } } };
};

let dynamodb: Dynamodb;
const call = (operation: string, input: object) => callDynamodb(dynamodb.endpoint, operation, input);
const prepare = (items: readonly TableItemDeployment[], previous?: readonly TableItemDeployment[], table = TABLE) =>
  prepareTables(
    dynamodb.endpoint,
    [{ tables: [table], tableItems: items }],
    previous ? [{ tables: [table], tableItems: previous }] : [],
    { inMemory: true },
  );

async function shares(): Promise<unknown> {
  const { body } = await call('Scan', { TableName: 'flags' });
  const items = body['Items'] as { name: { S: string }; share: { N: string } }[];
  return Object.fromEntries(items.map(({ name, share }) => [name.S, Number(share.N)]));
}

beforeEach(async () => {
  dynamodb = await startDynamodb(undefined, (fault) => console.error(fault));
});

afterEach(() => dynamodb.stop());

test('puts the items of the stack into the table', async () => {
  await prepare([flag('dark', 10), flag('beta', 20)]);
  expect(await shares()).toEqual({ dark: 10, beta: 20 });
});

test('keeps an item that exists at the start', async () => {
  await prepare([flag('dark', 10)]);
  await call('PutItem', { TableName: 'flags', Item: flag('dark', 99).item });
  await prepare([flag('dark', 10)]);
  expect(await shares()).toEqual({ dark: 99 });
});

test('a reload applies only the items that changed in the stack', async () => {
  const before = [flag('same', 1), flag('changed', 2), flag('removed', 3)];
  await prepare(before);
  await call('PutItem', { TableName: 'flags', Item: flag('same', 99).item });
  await prepare([flag('same', 1), flag('changed', 5), flag('added', 6)], before);
  expect(await shares()).toEqual({ same: 99, changed: 5, added: 6 });
});

test('keeps the items of a table that the stack no longer declares', async () => {
  await prepare([flag('dark', 10)]);
  const before = [{ tables: [TABLE], tableItems: [flag('dark', 10)] }];
  await prepareTables(dynamodb.endpoint, [], before, { inMemory: true });
  expect(await shares()).toEqual({ dark: 10 });
});

test('refuses an item of a table that does not exist', async () => {
  const preparing = prepare([{ ...flag('dark', 10), table: 'others' }]);
  await expect(preparing).rejects.toThrow(DeploymentError);
  await expect(preparing).rejects.toThrow(
    'aws_dynamodb_table_item.dark: DynamoDB refuses the item in the table others: Requested resource not found',
  );
});

describe('indexes', () => {
  const keySchema = (range: string) =>
    [
      { AttributeName: 'owner', KeyType: 'HASH' },
      { AttributeName: range, KeyType: 'RANGE' },
    ] as const;
  const INDEXED: TableDeployment = {
    ...TABLE,
    name: 'scores',
    keySchema: keySchema('game'),
    attributes: ['owner', 'game', 'day', 'score'].map((AttributeName) => ({
      AttributeName,
      AttributeType: AttributeName === 'score' ? 'N' : 'S',
    })),
    localIndexes: [
      { name: 'byScore', keySchema: keySchema('score'), projection: { type: 'KEYS_ONLY' } },
      { name: 'byDay', keySchema: keySchema('day'), projection: { type: 'INCLUDE', nonKeyAttributes: ['note'] } },
    ],
    indexes: [
      {
        name: 'days',
        keySchema: [{ AttributeName: 'day', KeyType: 'HASH' }],
        projection: { type: 'INCLUDE', nonKeyAttributes: ['score'] },
      },
    ],
  };
  const ITEM = { owner: { S: 'ada' }, game: { S: 'go' }, day: { S: 'mon' }, score: { N: '7' }, note: { S: 'n' } };

  test.each([
    ['byScore', 'owner', 'ada', ['game', 'owner', 'score']],
    ['byDay', 'owner', 'ada', ['day', 'game', 'note', 'owner']],
    ['days', 'day', 'mon', ['day', 'game', 'owner', 'score']],
  ])('the index %s contains the attributes of its projection', async (IndexName, key, value, names) => {
    await prepare([], undefined, INDEXED);
    await call('PutItem', { TableName: 'scores', Item: ITEM });
    const { body } = await call('Query', {
      TableName: 'scores',
      IndexName,
      KeyConditionExpression: '#k = :v',
      ExpressionAttributeNames: { '#k': key },
      ExpressionAttributeValues: { ':v': { S: value } },
    });
    expect((body['Items'] as object[]).map((item) => Object.keys(item).sort())).toEqual([names]);
  });

  test('refuses a local index that the existing table lacks, and another projection', async () => {
    await prepare([], undefined, INDEXED);
    const [index] = INDEXED.localIndexes ?? [];
    if (!index) throw new Error('no index');
    const added = { ...INDEXED, localIndexes: [{ ...index, name: 'other' }] };
    await expect(prepare([], undefined, added)).rejects.toThrow(
      'The existing table scores has no local index other with the key and the projection in the stack. Terraform would ' +
        'replace the table',
    );
    const changed = {
      ...INDEXED,
      indexes: (INDEXED.indexes ?? []).map((gsi) => ({ ...gsi, projection: { type: 'ALL' } as const })),
    };
    await expect(prepare([], undefined, changed)).rejects.toThrow('has no index days with the key and the projection');
  });

  test('shows the error of a table that DynamoDB refuses', async () => {
    const [index] = INDEXED.indexes ?? [];
    if (!index) throw new Error('no index');
    const twice = { ...INDEXED, indexes: [index, index] };
    await expect(prepare([], undefined, twice)).rejects.toThrow(
      /^DynamoDB refuses the table scores: .*Duplicate index name: days$/,
    );
  });
});
