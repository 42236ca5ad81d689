/** What the guard lets through to a real dynalite, and what not. */
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { caller, denied, failure, guardedTable, KINDS, ROLE, TABLE, tableArn } from '../../../support/guarded-table';
import { send } from '../../../support/http';

const key = { id: { S: 'a' } };

describe.each(KINDS)('before %s', (kind) => {
  const table = guardedTable(kind);

  test('what is granted goes through, and is reported', async () => {
    await table.allow({ Action: ['dynamodb:PutItem', 'dynamodb:GetItem'] });
    const credentials = table.guarded.issue(caller);
    const own = table.client({ credentials });
    await own.send(new PutItemCommand({ TableName: 'items', Item: { ...key, n: { N: '1' } } }));
    const { Item: item } = await own.send(new GetItemCommand({ TableName: 'items', Key: key }));
    expect(item).toEqual({ ...key, n: { N: '1' } });
    const common = { accessKeyId: credentials.accessKeyId, functionName: 'items-function', roleArn: ROLE };
    expect(table.guarded.take(credentials.accessKeyId)).toEqual(
      ['PutItem', 'GetItem'].map((operation) => ({
        ...common,
        operation,
        decision: 'allowed',
        parts: [{ action: `dynamodb:${operation}`, resource: TABLE, decision: 'allowed' }],
        status: 200,
        came: expect.any(Number),
        milliseconds: expect.any(Number),
      })),
    );
    expect(table.guarded.take(credentials.accessKeyId)).toEqual([]);
    own.destroy();
  });

  test('what is not granted is denied in the words of DynamoDB, and DynamoDB is not asked', async () => {
    await table.allow({ Action: 'dynamodb:GetItem' });
    const put = new PutItemCommand({ TableName: 'items', Item: { id: { S: 'denied' } } });
    expect(await failure(table.client().send(put))).toEqual(denied('PutItem'));
    const { Item: item } = await table
      .client()
      .send(new GetItemCommand({ TableName: 'items', Key: { id: { S: 'denied' } } }));
    expect(item).toBeUndefined();
  });

  test('an explicit deny says so', async () => {
    await table.allow({ Action: 'dynamodb:*' }, { Effect: 'Deny', Action: 'dynamodb:Scan', Resource: '*' });
    const { message } = await failure(table.client().send(new ScanCommand({ TableName: 'items' })));
    expect(message).toMatch(/on resource: \S+table\/items with an explicit deny in an identity-based policy$/);
  });

  test('an index is its own resource', async () => {
    await table.allow({ Action: 'dynamodb:Query' });
    const query = new QueryCommand({ TableName: 'items', IndexName: 'byName', KeyConditionExpression: 'id = :a' });
    expect(await failure(table.client().send(query))).toEqual(denied('Query', `${TABLE}/index/byName`));
  });

  test('a batch needs its action on every table', async () => {
    await table.allow({ Action: ['dynamodb:BatchGetItem', 'dynamodb:PutItem'] });
    const { Responses: found } = await table
      .client()
      .send(new BatchGetItemCommand({ RequestItems: { items: { Keys: [key] } } }));
    expect(Object.keys(found ?? {})).toEqual(['items']);
    const both = new BatchGetItemCommand({ RequestItems: { items: { Keys: [key] }, other: { Keys: [key] } } });
    expect(await failure(table.client().send(both))).toEqual(denied('BatchGetItem', tableArn('other')));
    const write = new BatchWriteItemCommand({ RequestItems: { items: [{ PutRequest: { Item: key } }] } });
    expect(await failure(table.client().send(write))).toEqual(denied('BatchWriteItem'));
  });

  test('a transaction needs the action of each of its parts', async () => {
    await table.allow({ Action: ['dynamodb:PutItem'] });
    const part = { TableName: 'items', Key: key };
    const write = new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName: 'items', Item: key } },
        { ConditionCheck: { ...part, ConditionExpression: 'attribute_exists(id)' } },
      ],
    });
    expect(await failure(table.client().send(write))).toEqual(denied('ConditionCheckItem'));
    await table.allow({ Action: ['dynamodb:PutItem', 'dynamodb:ConditionCheckItem'] });
    // dynalite has no transactions: it was asked.
    expect((await failure(table.client().send(write))).name).toBe('UnknownOperationException');
  });

  test('ListTables is on no table', async () => {
    await table.allow({ Action: 'dynamodb:*' });
    expect(await failure(table.client().send(new ListTablesCommand()))).toEqual(denied('ListTables', '*'));
    await table.allow({ Action: 'dynamodb:ListTables', Resource: '*' });
    expect((await table.client().send(new ListTablesCommand())).TableNames).toEqual(['items']);
  });

  test.each([
    ['a key of its own', 'user-1', undefined],
    ["another's key", 'other', 'AccessDeniedException'],
  ])('dynamodb:LeadingKeys with %s', async (_name, id, error) => {
    const Condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['user-*'] } };
    await table.allow({ Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchWriteItem'], Condition });
    const own = { id: { S: id } };
    const commands = [
      () => table.client().send(new GetItemCommand({ TableName: 'items', Key: own })),
      () =>
        table.client().send(
          new QueryCommand({
            TableName: 'items',
            KeyConditionExpression: '#k = :k',
            ExpressionAttributeNames: { '#k': 'id' },
            ExpressionAttributeValues: { ':k': { S: id } },
          }),
        ),
      () =>
        table.client().send(
          new BatchWriteItemCommand({
            RequestItems: {
              items: [{ PutRequest: { Item: { id: { S: 'user-2' } } } }, { DeleteRequest: { Key: own } }],
            },
          }),
        ),
    ];
    for (const command of commands) {
      const { name } = await failure(command());
      expect(name).toBe(error ?? 'Error');
    }
  });

  test('other regions have other tables', async () => {
    await table.allow({ Action: 'dynamodb:GetItem' });
    const get = new GetItemCommand({ TableName: 'items', Key: key });
    const other = table.client({ region: 'eu-west-1' });
    expect(await failure(other.send(get))).toEqual(denied('GetItem', tableArn('items', 'eu-west-1')));
    await table.allow({ Action: 'dynamodb:GetItem', Resource: '*' });
    expect((await failure(other.send(get))).name).toBe('ResourceNotFoundException');
  });

  test('a denied call is answered with the type, spelling and headers of DynamoDB', async () => {
    await table.allow({ Action: 'dynamodb:PutItem' });
    let signed: { headers: Record<string, string>; body: string } | undefined;
    const own = table.client();
    own.middlewareStack.add(
      () => (args) => {
        signed = args.request as typeof signed;
        throw new Error('It is sent by hand');
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await failure(own.send(new ScanCommand({ TableName: 'items' })));
    const answer = await send(table.guarded.endpoint, 'POST', '/', signed);
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/x-amz-json-1.0');
    expect(answer.json).toEqual({
      __type: 'com.amazon.coral.service#AccessDeniedException',
      Message: denied('Scan').message,
    });
  });
});
