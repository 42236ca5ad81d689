/** The guard before a real dynalite, called by the real SDK with the credentials of a function. */
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Dynamodb, GuardedDynamodb } from '../../../local/dynamodb';
import { remoteDynamodb } from '../../../local/dynamodb';
import type { DynamodbCall } from '../../../local/guard/call';
import { readPolicy } from '../../../local/iam/policy';
import { startTable } from '../../support/dynamodb';
import { send } from '../../support/http';

const ROLE = 'arn:aws:iam::000000000000:role/items-role';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:items-function';
const tableArn = (name: string, region = 'us-east-1') => `arn:aws:dynamodb:${region}:000000000000:table/${name}`;
const TABLE = tableArn('items');
const caller = { functionName: 'items-function', functionArn: FUNCTION, roleArn: ROLE };
const key = { id: { S: 'a' } };

/** Once with dynalite in the guard's thread, once with one that runs elsewhere. */
describe.each(['dynalite', 'a DynamoDB elsewhere'])('before %s', (kind) => {
  let dynamodb: Dynamodb;
  let elsewhere: Dynamodb | undefined;
  let guarded: GuardedDynamodb;
  const calls: DynamodbCall[] = [];

  beforeAll(async () => {
    const table = await startTable('items');
    dynamodb = table;
    if (kind !== 'dynalite') {
      elsewhere = table;
      dynamodb = await remoteDynamodb(table.endpoint, (fault) => console.error(fault));
    }
    guarded = await dynamodb.guard({ roles: [], tables: [] }, (call) => calls.push(call));
  });

  afterAll(async () => {
    await dynamodb.stop();
    await elsewhere?.stop();
  });

  afterEach(() => calls.splice(0));

  function allow(...statements: object[]): Promise<void> {
    const json = JSON.stringify({ Statement: statements.map((one) => ({ Effect: 'Allow', Resource: TABLE, ...one })) });
    const { policy, faults } = readPolicy('test', json);
    expect(faults).toEqual([]);
    const roles = [{ arn: ROLE, statements: policy.statements }];
    return guarded.apply({ roles, tables: [{ arn: TABLE, partitionKey: 'id' }] });
  }

  function client(options: { region?: string; credentials?: object } = {}): DynamoDBClient {
    const credentials = { ...guarded.issue(caller), ...options.credentials };
    return new DynamoDBClient({ region: options.region ?? 'us-east-1', endpoint: guarded.endpoint, credentials });
  }

  async function failure(promise: Promise<unknown>): Promise<{ name: string; message: string; status?: number }> {
    const error = (await promise.then(
      () => new Error('It succeeded'),
      (thrown: unknown) => thrown,
    )) as Error & { $metadata?: { httpStatusCode?: number } };
    return {
      name: error.name,
      message: error.message,
      ...(error.$metadata && { status: error.$metadata.httpStatusCode }),
    };
  }

  const denied = (action: string, resource = TABLE) => ({
    name: 'AccessDeniedException',
    status: 400,
    message:
      'User: arn:aws:sts::000000000000:assumed-role/items-role/items-function is not authorized to perform: ' +
      `dynamodb:${action} on resource: ${resource} because no identity-based policy allows the dynamodb:${action} action`,
  });

  test('what is granted goes through, and is reported', async () => {
    await allow({ Action: ['dynamodb:PutItem', 'dynamodb:GetItem'] });
    const credentials = guarded.issue(caller);
    const own = client({ credentials });
    await own.send(new PutItemCommand({ TableName: 'items', Item: { ...key, n: { N: '1' } } }));
    const { Item: item } = await own.send(new GetItemCommand({ TableName: 'items', Key: key }));
    expect(item).toEqual({ ...key, n: { N: '1' } });
    const common = { accessKeyId: credentials.accessKeyId, functionName: 'items-function', roleArn: ROLE };
    expect(guarded.take(credentials.accessKeyId)).toEqual(
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
    expect(guarded.take(credentials.accessKeyId)).toEqual([]);
    own.destroy();
  });

  test('what is not granted is denied in the words of DynamoDB, and DynamoDB is not asked', async () => {
    await allow({ Action: 'dynamodb:GetItem' });
    const put = new PutItemCommand({ TableName: 'items', Item: { id: { S: 'denied' } } });
    expect(await failure(client().send(put))).toEqual(denied('PutItem'));
    const { Item: item } = await client().send(
      new GetItemCommand({ TableName: 'items', Key: { id: { S: 'denied' } } }),
    );
    expect(item).toBeUndefined();
  });

  test('an explicit deny says so', async () => {
    await allow({ Action: 'dynamodb:*' }, { Effect: 'Deny', Action: 'dynamodb:Scan', Resource: '*' });
    const { message } = await failure(client().send(new ScanCommand({ TableName: 'items' })));
    expect(message).toMatch(/on resource: \S+table\/items with an explicit deny in an identity-based policy$/);
  });

  test('an index is its own resource', async () => {
    await allow({ Action: 'dynamodb:Query' });
    const query = new QueryCommand({ TableName: 'items', IndexName: 'byName', KeyConditionExpression: 'id = :a' });
    expect(await failure(client().send(query))).toEqual(denied('Query', `${TABLE}/index/byName`));
  });

  test('a batch needs its action on every table', async () => {
    await allow({ Action: ['dynamodb:BatchGetItem', 'dynamodb:PutItem'] });
    const { Responses: found } = await client().send(
      new BatchGetItemCommand({ RequestItems: { items: { Keys: [key] } } }),
    );
    expect(Object.keys(found ?? {})).toEqual(['items']);
    const both = new BatchGetItemCommand({ RequestItems: { items: { Keys: [key] }, other: { Keys: [key] } } });
    expect(await failure(client().send(both))).toEqual(denied('BatchGetItem', tableArn('other')));
    const write = new BatchWriteItemCommand({ RequestItems: { items: [{ PutRequest: { Item: key } }] } });
    expect(await failure(client().send(write))).toEqual(denied('BatchWriteItem'));
  });

  test('a transaction needs the action of each of its parts', async () => {
    await allow({ Action: ['dynamodb:PutItem'] });
    const part = { TableName: 'items', Key: key };
    const write = new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName: 'items', Item: key } },
        { ConditionCheck: { ...part, ConditionExpression: 'attribute_exists(id)' } },
      ],
    });
    expect(await failure(client().send(write))).toEqual(denied('ConditionCheckItem'));
    await allow({ Action: ['dynamodb:PutItem', 'dynamodb:ConditionCheckItem'] });
    // dynalite has no transactions: it was asked.
    expect((await failure(client().send(write))).name).toBe('UnknownOperationException');
  });

  test('ListTables is on no table', async () => {
    await allow({ Action: 'dynamodb:*' });
    expect(await failure(client().send(new ListTablesCommand()))).toEqual(denied('ListTables', '*'));
    await allow({ Action: 'dynamodb:ListTables', Resource: '*' });
    expect((await client().send(new ListTablesCommand())).TableNames).toEqual(['items']);
  });

  test.each([
    ['a key of its own', 'user-1', undefined],
    ["another's key", 'other', 'AccessDeniedException'],
  ])('dynamodb:LeadingKeys with %s', async (_name, id, error) => {
    const Condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['user-*'] } };
    await allow({ Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchWriteItem'], Condition });
    const own = { id: { S: id } };
    const commands = [
      () => client().send(new GetItemCommand({ TableName: 'items', Key: own })),
      () =>
        client().send(
          new QueryCommand({
            TableName: 'items',
            KeyConditionExpression: '#k = :k',
            ExpressionAttributeNames: { '#k': 'id' },
            ExpressionAttributeValues: { ':k': { S: id } },
          }),
        ),
      () =>
        client().send(
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
    await allow({ Action: 'dynamodb:GetItem' });
    const get = new GetItemCommand({ TableName: 'items', Key: key });
    const other = client({ region: 'eu-west-1' });
    expect(await failure(other.send(get))).toEqual(denied('GetItem', tableArn('items', 'eu-west-1')));
    await allow({ Action: 'dynamodb:GetItem', Resource: '*' });
    expect((await failure(other.send(get))).name).toBe('ResourceNotFoundException');
  });

  test.each([
    ['an access key of somewhere else', { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }, 'UnrecognizedClientException'],
    ['another session token', { sessionToken: 'x.y' }, 'UnrecognizedClientException'],
    ['no session token', { sessionToken: undefined }, 'UnrecognizedClientException'],
    ['another secret', { secretAccessKey: 'x'.repeat(40) }, 'InvalidSignatureException'],
  ])('%s', async (_name, credentials, error) => {
    await allow({ Action: 'dynamodb:*' });
    const get = new GetItemCommand({ TableName: 'items', Key: key });
    expect(await failure(client({ credentials }).send(get))).toMatchObject({ name: error, status: 400 });
    // Fetches what the other thread has reported.
    guarded.take('');
    expect(calls.at(-1)).toMatchObject({ decision: 'refused', operation: 'GetItem', status: 400 });
  });

  test('a role that is no longer there has no credentials', async () => {
    await guarded.apply({ roles: [], tables: [] });
    const get = new GetItemCommand({ TableName: 'items', Key: key });
    expect((await failure(client().send(get))).name).toBe('UnrecognizedClientException');
  });

  test.each([
    [{}, '{}', 'UnknownOperationException'],
    [{ 'x-amz-target': 'DynamoDB_20120810.ExecuteStatement' }, '{}', 'UnknownOperationException'],
    [{ 'x-amz-target': 'DynamoDB_20111205.GetItem' }, '{}', 'UnknownOperationException'],
    [{ 'x-amz-target': 'DynamoDB_20120810.GetItem' }, '{', 'SerializationException'],
    [{ 'x-amz-target': 'DynamoDB_20120810.GetItem' }, 'null', 'SerializationException'],
    [{ 'x-amz-target': 'DynamoDB_20120810.GetItem' }, '{}', 'MissingAuthenticationTokenException'],
    [
      { 'x-amz-target': 'DynamoDB_20120810.GetItem', authorization: 'AWS4-HMAC-SHA256 Credential=a' },
      '{}',
      'IncompleteSignatureException',
    ],
    [
      {
        'x-amz-target': 'DynamoDB_20120810.GetItem',
        authorization: 'AWS4-HMAC-SHA256 Credential=a/b/c/s3/aws4_request, SignedHeaders=host, Signature=0',
      },
      '{}',
      'InvalidSignatureException',
    ],
  ])('unsigned, by hand: %j %s: %s', async (headers, body, type) => {
    const answer = await send(guarded.endpoint, 'POST', '/', { headers, body });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ __type: `com.amazon.coral.service#${type}` });
  });

  test('a denied call is answered with the type, spelling and headers of DynamoDB', async () => {
    await allow();
    let signed: { headers: Record<string, string>; body: string } | undefined;
    const own = client();
    own.middlewareStack.add(
      () => (args) => {
        signed = args.request as typeof signed;
        throw new Error('It is sent by hand');
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await failure(own.send(new ScanCommand({ TableName: 'items' })));
    const answer = await send(guarded.endpoint, 'POST', '/', signed);
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/x-amz-json-1.0');
    expect(answer.json).toEqual({
      __type: 'com.amazon.coral.service#AccessDeniedException',
      Message: denied('Scan').message,
    });
  });
});
