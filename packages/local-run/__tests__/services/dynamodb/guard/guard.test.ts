/** Tests which calls the guard forwards to dynalite and which calls it denies. */
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
import {
  BACKENDS,
  CALLER,
  denied,
  failure,
  guardedTable,
  ROLE_ARN,
  TABLE_ARN,
  tableArn,
} from '../../../support/guarded-table';
import { send } from '../../../support/http';

const key = { id: { S: 'a' } };

describe.each(BACKENDS)('in front of %s', (backend) => {
  const table = guardedTable(backend);

  test('forwards allowed calls and reports them', async () => {
    await table.setPolicy({ Action: ['dynamodb:PutItem', 'dynamodb:GetItem'] });
    const credentials = table.guarded.issueCredentials(CALLER);
    const client = table.client({ credentials });
    await client.send(new PutItemCommand({ TableName: 'pets', Item: { ...key, n: { N: '1' } } }));
    const { Item: item } = await client.send(new GetItemCommand({ TableName: 'pets', Key: key }));
    expect(item).toEqual({ ...key, n: { N: '1' } });
    const common = { accessKeyId: credentials.accessKeyId, functionName: 'pets-function', roleArn: ROLE_ARN };
    expect(table.guarded.takeCalls(credentials.accessKeyId)).toEqual(
      ['PutItem', 'GetItem'].map((operation) => ({
        ...common,
        operation,
        decision: 'allowed',
        parts: [{ action: `dynamodb:${operation}`, resource: TABLE_ARN, decision: 'allowed' }],
        status: 200,
        milliseconds: expect.any(Number),
      })),
    );
    expect(table.guarded.takeCalls(credentials.accessKeyId)).toEqual([]);
    client.destroy();
  });

  test("denies other calls with DynamoDB's message and does not forward them", async () => {
    await table.setPolicy({ Action: 'dynamodb:GetItem' });
    const put = new PutItemCommand({ TableName: 'pets', Item: { id: { S: 'denied' } } });
    expect(await failure(table.client().send(put))).toEqual(denied('PutItem'));
    const { Item: item } = await table
      .client()
      .send(new GetItemCommand({ TableName: 'pets', Key: { id: { S: 'denied' } } }));
    expect(item).toBeUndefined();
  });

  test('names an explicit deny in the message', async () => {
    await table.setPolicy({ Action: 'dynamodb:*' }, { Effect: 'Deny', Action: 'dynamodb:Scan', Resource: '*' });
    const { message } = await failure(table.client().send(new ScanCommand({ TableName: 'pets' })));
    expect(message).toMatch(/on resource: \S+table\/pets with an explicit deny in an identity-based policy$/);
  });

  test('treats an index as a separate resource', async () => {
    await table.setPolicy({ Action: 'dynamodb:Query' });
    const query = new QueryCommand({ TableName: 'pets', IndexName: 'byName', KeyConditionExpression: 'id = :a' });
    expect(await failure(table.client().send(query))).toEqual(denied('Query', `${TABLE_ARN}/index/byName`));
  });

  test('requires the action of a batch on each of its tables', async () => {
    await table.setPolicy({ Action: ['dynamodb:BatchGetItem', 'dynamodb:PutItem'] });
    const { Responses: found } = await table
      .client()
      .send(new BatchGetItemCommand({ RequestItems: { pets: { Keys: [key] } } }));
    expect(Object.keys(found ?? {})).toEqual(['pets']);
    const both = new BatchGetItemCommand({ RequestItems: { pets: { Keys: [key] }, other: { Keys: [key] } } });
    expect(await failure(table.client().send(both))).toEqual(denied('BatchGetItem', tableArn('other')));
    const write = new BatchWriteItemCommand({ RequestItems: { pets: [{ PutRequest: { Item: key } }] } });
    expect(await failure(table.client().send(write))).toEqual(denied('BatchWriteItem'));
  });

  test('requires the actions of all parts of a transaction', async () => {
    await table.setPolicy({ Action: ['dynamodb:PutItem'] });
    const part = { TableName: 'pets', Key: key };
    const write = new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName: 'pets', Item: key } },
        { ConditionCheck: { ...part, Key: { id: { S: 'no' } }, ConditionExpression: 'attribute_exists(id)' } },
      ],
    });
    expect(await failure(table.client().send(write))).toEqual(denied('ConditionCheckItem'));
    await table.setPolicy({ Action: ['dynamodb:PutItem', 'dynamodb:ConditionCheckItem'] });
    expect(await failure(table.client().send(write))).toMatchObject({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
    });
  });

  test('requires the resource * for ListTables', async () => {
    await table.setPolicy({ Action: 'dynamodb:*' });
    expect(await failure(table.client().send(new ListTablesCommand()))).toEqual(denied('ListTables', '*'));
    await table.setPolicy({ Action: 'dynamodb:ListTables', Resource: '*' });
    expect((await table.client().send(new ListTablesCommand())).TableNames).toEqual(['pets']);
  });

  test.each([
    ['allows a matching key', 'user-1', undefined],
    ['denies another key', 'other', 'AccessDeniedException'],
  ])('a condition on dynamodb:LeadingKeys %s', async (_name, id, error) => {
    const Condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['user-*'] } };
    await table.setPolicy({ Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchWriteItem'], Condition });
    const keyOfCall = { id: { S: id } };
    const commands = [
      () => table.client().send(new GetItemCommand({ TableName: 'pets', Key: keyOfCall })),
      () =>
        table.client().send(
          new QueryCommand({
            TableName: 'pets',
            KeyConditionExpression: '#k = :k',
            ExpressionAttributeNames: { '#k': 'id' },
            ExpressionAttributeValues: { ':k': { S: id } },
          }),
        ),
      () =>
        table.client().send(
          new BatchWriteItemCommand({
            RequestItems: {
              pets: [{ PutRequest: { Item: { id: { S: 'user-2' } } } }, { DeleteRequest: { Key: keyOfCall } }],
            },
          }),
        ),
    ];
    for (const command of commands) {
      const { name } = await failure(command());
      expect(name).toBe(error ?? 'Error');
    }
  });

  test('finds no table in another region', async () => {
    await table.setPolicy({ Action: 'dynamodb:GetItem' });
    const get = new GetItemCommand({ TableName: 'pets', Key: key });
    const other = table.client({ region: 'eu-west-1' });
    expect(await failure(other.send(get))).toEqual(denied('GetItem', tableArn('pets', 'eu-west-1')));
    await table.setPolicy({ Action: 'dynamodb:GetItem', Resource: '*' });
    expect((await failure(other.send(get))).name).toBe('ResourceNotFoundException');
  });

  test('answers a denied call with the type, spelling and headers of DynamoDB', async () => {
    await table.setPolicy({ Action: 'dynamodb:PutItem' });
    let signed: { headers: Record<string, string>; body: string } | undefined;
    const client = table.client();
    client.middlewareStack.add(
      () => (args) => {
        signed = args.request as typeof signed;
        throw new Error('The test sends this request itself');
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await failure(client.send(new ScanCommand({ TableName: 'pets' })));
    const answer = await send(table.guarded.endpoint, 'POST', '/', signed);
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/x-amz-json-1.0');
    expect(answer.json).toEqual({
      __type: 'com.amazon.coral.service#AccessDeniedException',
      Message: denied('Scan').message,
    });
  });
});
