/** Transactions through the AWS SDK, in front of dynalite. */
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { failure, guardedTable, TABLE_ARN } from '../../../support/guarded-table';

const table = guardedTable('dynalite');
let client: DynamoDBClient;

const id = (name: string) => ({ id: { S: name } });
const at = (name: string) => ({ TableName: 'pets', Key: id(name) });
const put = (name: string, age: number): TransactWriteItem => ({
  Put: { TableName: 'pets', Item: { ...id(name), age: { N: String(age) } } },
});
const write = (...TransactItems: TransactWriteItem[]) => client.send(new TransactWriteItemsCommand({ TransactItems }));

async function ageOf(name: string): Promise<string | undefined> {
  const { Item: item } = await client.send(new GetItemCommand({ ...at(name), ConsistentRead: true }));
  return item?.['age']?.N;
}

beforeEach(async () => {
  await table.setPolicy({ Action: 'dynamodb:*' });
  client = table.client();
});

afterEach(() => client.destroy());

test('carries out all actions', async () => {
  await write(put('rex', 1), put('old', 9));
  await write(
    put('new', 5),
    {
      Update: {
        ...at('rex'),
        UpdateExpression: 'SET age = age + :one',
        ConditionExpression: 'age = :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      },
    },
    { Delete: { ...at('old'), ConditionExpression: 'attribute_exists(id)' } },
    { ConditionCheck: { ...at('none'), ConditionExpression: 'attribute_not_exists(id)' } },
  );
  expect([await ageOf('new'), await ageOf('rex'), await ageOf('old'), await ageOf('none')]).toEqual([
    '5',
    '2',
    undefined,
    undefined,
  ]);
});

test('a condition check does not delete the item', async () => {
  await write(put('checked', 1));
  await write(put('other', 2), { ConditionCheck: { ...at('checked'), ConditionExpression: 'attribute_exists(id)' } });
  expect(await ageOf('checked')).toBe('1');
});

test('carries out no action when a condition fails, and says which', async () => {
  await write(put('kept', 1));
  const error = await write(put('kept', 2), {
    ConditionCheck: {
      ...at('kept2'),
      ConditionExpression: 'attribute_exists(id)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: 'TransactionCanceledException',
    message:
      'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
    CancellationReasons: [
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
    ],
    $metadata: { httpStatusCode: 400 },
  });
  expect(await ageOf('kept')).toBe('1');
});

test('returns the item of a failed condition on request', async () => {
  await write(put('seen', 3));
  const error = await write({
    Put: {
      TableName: 'pets',
      Item: id('seen'),
      ConditionExpression: 'attribute_not_exists(id)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    CancellationReasons: [{ Code: 'ConditionalCheckFailed', Item: { ...id('seen'), age: { N: '3' } } }],
  });
});

test('an action that does not fit its item cancels the transaction', async () => {
  await write({ Put: { TableName: 'pets', Item: { ...id('text'), age: { S: 'x' } } } });
  const error = await write(put('beside', 1), {
    Update: {
      ...at('text'),
      UpdateExpression: 'SET age = age + :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    },
  }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [
      { Code: 'None' },
      { Code: 'ValidationError', Message: 'An operand in the update expression has an incorrect data type' },
    ],
  });
  expect(await ageOf('beside')).toBeUndefined();
});

describe('refuses', () => {
  const many = Array.from({ length: 101 }, (_, index) => put(`many-${index}`, 1));
  const large = 'x'.repeat(399_000);
  const largeItems = Array.from({ length: 11 }, (_, index) => ({
    Put: { TableName: 'pets', Item: { ...id(`large-${index}`), text: { S: large } } },
  }));
  test.each<[string, TransactWriteItem[], string, RegExp]>([
    ['101 actions', many, 'ValidationException', /^1 validation error detected: .* less than or equal to 100$/],
    ['no action', [], 'ValidationException', /greater than or equal to 1$/],
    [
      'an empty action',
      [{}],
      'ValidationException',
      /^Invalid Request: TransactWriteRequest should contain Delete or Put/,
    ],
    [
      'two actions in one',
      [{ ...put('a', 1), Delete: at('b') }],
      'ValidationException',
      /^TransactItems can only contain one of Check, Put, Update or Delete$/,
    ],
    [
      'two actions on one item',
      [put('a', 1), { Delete: at('a') }],
      'ValidationException',
      /^Transaction request cannot include multiple operations on one item$/,
    ],
    ['more than 4 MB', largeItems, 'ValidationException', /^Transaction payload size cannot exceed 4MB/],
    [
      'an invalid expression',
      [{ Delete: { ...at('a'), ConditionExpression: 'attribute_exists(' } }],
      'ValidationException',
      /^Invalid ConditionExpression: Syntax error/,
    ],
    [
      'an update without an expression',
      [{ Update: { ...at('a'), UpdateExpression: undefined } }],
      'ValidationException',
      /^1 validation error detected: Value null at 'transactItems\.1\.member\.update\.updateExpression' failed/,
    ],
  ])('%s', async (_name, actions, name, message) => {
    const error = await failure(write(...actions));
    expect(error).toMatchObject({ name, status: 400 });
    expect(error.message).toMatch(message);
  });

  test('a table that does not exist', async () => {
    await table.setPolicy({ Action: 'dynamodb:*', Resource: '*' });
    expect(await failure(write({ Delete: { TableName: 'none', Key: id('a') } }))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
  });
});

describe('with a token', () => {
  const increment = (token: string, by = 1, capacity?: 'TOTAL') =>
    client.send(
      new TransactWriteItemsCommand({
        ClientRequestToken: token,
        ReturnConsumedCapacity: capacity,
        TransactItems: [
          {
            Update: {
              ...at(token),
              UpdateExpression: 'ADD age :by',
              ExpressionAttributeValues: { ':by': { N: String(by) } },
            },
          },
        ],
      }),
    );

  test('carries out a repeated transaction once', async () => {
    const { ConsumedCapacity: written } = await increment('once', 1, 'TOTAL');
    expect(written).toEqual([{ TableName: 'pets', CapacityUnits: 2, WriteCapacityUnits: 2 }]);
    const { ConsumedCapacity: read } = await increment('once', 1, 'TOTAL');
    expect(read).toEqual([{ TableName: 'pets', CapacityUnits: 2, ReadCapacityUnits: 2 }]);
    expect(await ageOf('once')).toBe('1');
  });

  test('refuses another transaction with the same token', async () => {
    await increment('twice', 1);
    expect((await failure(increment('twice', 2))).name).toBe('IdempotentParameterMismatchException');
  });
});

test('reads items together', async () => {
  await write(put('cat', 1), put('dog', 2));
  const { Responses: found, ConsumedCapacity: capacity } = await client.send(
    new TransactGetItemsCommand({
      ReturnConsumedCapacity: 'TOTAL',
      TransactItems: [
        { Get: at('cat') },
        { Get: at('nobody') },
        { Get: { ...at('dog'), ProjectionExpression: '#a', ExpressionAttributeNames: { '#a': 'age' } } },
      ],
    }),
  );
  expect(found).toEqual([{ Item: { ...id('cat'), age: { N: '1' } } }, {}, { Item: { age: { N: '2' } } }]);
  expect(capacity).toEqual([{ TableName: 'pets', CapacityUnits: 6, ReadCapacityUnits: 6 }]);
});

test('concurrent transactions and updates lose no increment, and no scan sees half of a transaction', async () => {
  await write(put('left', 0), put('right', 0));
  const add = (name: string) => ({
    ...at(name),
    UpdateExpression: 'SET age = age + :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  });
  const sums: number[] = [];
  const scan = async () => {
    const { Items: items = [] } = await client.send(new ScanCommand({ TableName: 'pets' }));
    const sides = items.filter(({ id: key }) => ['left', 'right'].includes(String(key?.S)));
    sums.push(Number(sides[0]?.['age']?.N) - Number(sides[1]?.['age']?.N));
  };
  await Promise.all(
    Array.from({ length: 20 }, () => [write({ Update: add('left') }, { Update: add('right') }), scan()]).flat(),
  );
  expect(sums).toEqual(Array.from({ length: 20 }, () => 0));
  await Promise.all(
    Array.from({ length: 20 }, () => [
      write({ Update: add('left') }, { Update: add('right') }),
      client.send(new UpdateItemCommand(add('left'))),
    ]).flat(),
  );
  expect([await ageOf('left'), await ageOf('right')]).toEqual(['60', '40']);
});

describe('a response to a request with the ARN of a table names the table by the ARN', () => {
  const ReturnConsumedCapacity = 'TOTAL';
  const TableName = TABLE_ARN;

  test('in a batch that reads', async () => {
    await write(put('batch', 1));
    const { Responses, UnprocessedKeys, ConsumedCapacity } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [TABLE_ARN]: { Keys: [id('batch')] } }, ReturnConsumedCapacity }),
    );
    expect(Object.keys(Responses ?? {})).toEqual([TABLE_ARN]);
    expect(Responses?.[TABLE_ARN]).toMatchObject([id('batch')]);
    expect([UnprocessedKeys, ConsumedCapacity]).toMatchObject([{}, [{ TableName }]]);
  });

  test('in a batch that writes', async () => {
    const RequestItems = { [TABLE_ARN]: [{ PutRequest: { Item: id('batch') } }] };
    const { ConsumedCapacity } = await client.send(new BatchWriteItemCommand({ RequestItems, ReturnConsumedCapacity }));
    expect(ConsumedCapacity).toMatchObject([{ TableName }]);
  });

  test('in a transaction and in a single operation', async () => {
    const Get = { TableName, Key: id('batch') };
    const transaction = new TransactGetItemsCommand({ TransactItems: [{ Get }], ReturnConsumedCapacity });
    const [many, one] = [
      await client.send(transaction),
      await client.send(new GetItemCommand({ ...Get, ReturnConsumedCapacity })),
    ];
    expect([many.ConsumedCapacity, one.ConsumedCapacity]).toMatchObject([[{ TableName }], { TableName }]);
  });

  test('not in a description of the table', async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table?.TableName).toBe('pets');
  });
});

test('accepts the ARN of a table in place of its name', async () => {
  await write({ Put: { TableName: TABLE_ARN, Item: { ...id('arn'), age: { N: '7' } } } });
  await client.send(new PutItemCommand({ TableName: TABLE_ARN, Item: { ...id('arn2'), age: { N: '8' } } }));
  expect([await ageOf('arn'), await ageOf('arn2')]).toEqual(['7', '8']);
});

test('a write outside a transaction returns the item of a failed condition on request', async () => {
  await write(put('single', 4));
  const error = await client
    .send(
      new PutItemCommand({
        TableName: 'pets',
        Item: id('single'),
        ConditionExpression: 'attribute_not_exists(id)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    )
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: 'ConditionalCheckFailedException',
    Item: { ...id('single'), age: { N: '4' } },
  });
});
