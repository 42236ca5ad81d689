/**
 * Generates calls from a seed, makes them, and prints each result or error. The test bundles it with the stock SDK and
 * with the lean client, and runs both bundles: `node runner.js <endpoint> <seed> <calls> <faults>`.
 */
import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DescribeTableCommand,
  DynamoDBClient,
  DynamoDBServiceException,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  NumberValue,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';

const [, , endpoint = '', seed = '1', calls = '1', faults = '0'] = process.argv;

// Makes retry delays short and repeatable: the compared results contain them.
Math.random = () => 0.01;

// With faults, the server hangs on purpose, so the timeout is short. A busy machine can still answer in this time.
const requestTimeout = faults === '0' ? 20_000 : 1500;
const HANDLER = { connectionTimeout: 5000, requestTimeout, throwOnRequestTimeout: true };

const TableName = 'items';

const id = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('a', 'b', 'ä€😀', ' ', '"\\/\n\u2028\u0000') },
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
);

const number = fc.oneof(
  fc.constantFrom(0, -0, 1e21, 1e-7, 0.1, -1.5, 123456789012, 2 ** 53, -(2 ** 53), 1e-130, 9e125, NaN, Infinity),
  fc.integer(),
  fc.double(),
  fc.bigInt(),
  fc.constantFrom('12345678901234567890.123', '-0', '1E+2').map((digits) => NumberValue.from(digits)),
);

/** Values that marshalling accepts, and some that it refuses. */
const attribute: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: false },
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '\ud800', '__proto__', '😀', 'x'.repeat(5000)),
    number,
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array(),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc.uint8Array({ minLength: 1 }).map((bytes) => new Set([bytes])),
    fc.uniqueArray(fc.string({ unit: 'binary' }), { minLength: 1 }).map((all) => new Set(all)),
    fc.uniqueArray(fc.integer(), { minLength: 1 }).map((all) => new Set(all)),
    fc.constantFrom<unknown>(
      new Set(),
      new Set([undefined]),
      new Date(0),
      Symbol.iterator,
      () => 1,
      undefined,
      new ArrayBuffer(2),
    ),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary', maxLength: 5 }), tie('any'), { maxKeys: 4 }),
    fc.dictionary(fc.string({ maxLength: 5 }), tie('any'), { maxKeys: 4 }).map((all) => new Map(Object.entries(all))),
  ),
})).any;

const item = fc
  .tuple(id, fc.dictionary(fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }), attribute, { maxKeys: 4 }))
  .map(([key, others]) => ({ ...others, id: key }));

const capacity = fc.constantFrom<object>({}, {}, { ReturnConsumedCapacity: 'TOTAL' });

const condition = fc.constantFrom<object>(
  {},
  {},
  { ConditionExpression: 'attribute_not_exists(id)' },
  { ConditionExpression: 'attribute_exists(#i)', ExpressionAttributeNames: { '#i': 'id' } },
  {
    ConditionExpression: '#x = :x',
    ExpressionAttributeNames: { '#x': 'ä' },
    ExpressionAttributeValues: { ':x': new Set([1]) },
  },
  { ConditionExpression: 'not a condition' },
);

const returnValues = fc.constantFrom<object>({}, { ReturnValues: 'ALL_OLD' }, { ReturnValues: 'WRONG' });

const update = fc.tuple(attribute, fc.constantFrom('ALL_NEW', 'UPDATED_OLD', 'NONE')).map(([value, ReturnValues]) => ({
  UpdateExpression: 'SET #v = :v ADD #n :n',
  ExpressionAttributeNames: { '#v': 'v', '#n': 'n' },
  ExpressionAttributeValues: { ':v': value, ':n': 1 },
  ReturnValues,
}));

const page = fc.constantFrom<object>(
  {},
  { Limit: 2 },
  { Limit: 1, ExclusiveStartKey: { id: 'a' } },
  { FilterExpression: 'n > :n', ExpressionAttributeValues: { ':n': 0 } },
  { Limit: 0 },
  { ScanFilter: { n: { ComparisonOperator: 'GT', AttributeValueList: [1] } } },
);

type AnyCommand = new (input: never) => object;

function call(Command: AnyCommand, ...inputs: fc.Arbitrary<object>[]): fc.Arbitrary<object> {
  return fc
    .tuple(fc.oneof({ weight: 30, arbitrary: fc.constant(TableName) }, fc.constantFrom('nothing', 'x')), ...inputs)
    .map(([name, ...parts]) => new Command(Object.assign({ TableName: name }, ...parts) as never));
}

const key = id.map((value) => ({ Key: { id: value } }));

const command = fc.oneof(
  {
    weight: 5,
    arbitrary: call(
      PutCommand,
      item.map((Item) => ({ Item })),
      condition,
      returnValues,
      capacity,
    ),
  },
  { weight: 5, arbitrary: call(GetCommand, key, capacity, fc.constantFrom({}, { ConsistentRead: true })) },
  { weight: 2, arbitrary: call(DeleteCommand, key, condition, returnValues) },
  { weight: 3, arbitrary: call(UpdateCommand, key, update, capacity) },
  { weight: 2, arbitrary: call(ScanCommand, page, capacity) },
  call(
    QueryCommand,
    id.map((value) => ({ KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': value } })),
  ),
  // Only one key: dynalite reads keys concurrently, and returns the items in any order.
  id.map((value) => new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [{ id: value }] } } })),
  fc
    .array(item, { minLength: 1, maxLength: 2 })
    .map(
      (all) => new BatchWriteCommand({ RequestItems: { [TableName]: all.map((Item) => ({ PutRequest: { Item } })) } }),
    ),
  item.map(
    (Item) => new TransactWriteCommand({ ClientRequestToken: 'token', TransactItems: [{ Put: { TableName, Item } }] }),
  ),
  // These calls use DynamoDBClient directly, without the document client.
  fc
    .uint8Array()
    .map((B) => new PutItemCommand({ TableName, Item: { id: { S: 'raw' }, B: { B }, L: { L: [{ N: '1' }] } } })),
  fc.constantFrom(
    new GetItemCommand({ TableName, Key: { id: { S: 'raw' } } }),
    new GetItemCommand({ TableName, Key: { id: { S: 5 as never } } }),
    new DescribeTableCommand({ TableName }),
    new DescribeTableCommand({ TableName: 'nothing' }),
    new ListTablesCommand({}),
    new ListTablesCommand(),
    new BatchGetItemCommand({ RequestItems: {} }),
  ),
);

interface Sender {
  send(command: object): Promise<object>;
}

function clients(url: string): { readonly documents: Sender; readonly plain: Sender } {
  const plain = new DynamoDBClient({ endpoint: url, maxAttempts: 3, requestHandler: HANDLER });
  const unmarshallOptions = { wrapNumbers: (digits: string) => NumberValue.from(digits) };
  return { documents: DynamoDBDocumentClient.from(plain, { unmarshallOptions }), plain };
}

/** Converts a value to JSON without loss. */
function toJson(value: unknown): unknown {
  if (typeof value === 'bigint' || typeof value === 'symbol') return `${typeof value} ${String(value)}`;
  if (value instanceof NumberValue) return { number: value.toString() };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('hex') };
  if (value instanceof Date) return { date: value.getTime() };
  if (value instanceof Set) return { set: [...value].map(toJson) };
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [`.${name}`, toJson(inner)]));
}

function describeError(error: Error & { $response?: { statusCode: number } }): unknown {
  return {
    name: error.name,
    message: error.message.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1'),
    fields: toJson(Object.fromEntries(Object.entries(error).filter(([name]) => name !== 'port'))),
    status: error.$response?.statusCode,
    isService: error instanceof DynamoDBServiceException,
    isCondition: error instanceof ConditionalCheckFailedException,
  };
}

async function main(): Promise<void> {
  const shared = clients(endpoint);
  const sample = fc.sample(command, { seed: Number(seed), numRuns: Number(calls) });
  for (const [index, next] of sample.entries()) {
    // The path tells the server which faults the call gets.
    const { documents, plain } = faults === '0' ? shared : clients(`${endpoint}/fault/${index}`);
    const isDocument = 'clientCommand' in next;
    const result = await (isDocument ? documents : plain).send(next).then(toJson, describeError);
    process.stdout.write(`${JSON.stringify({ command: toJson((next as { input: unknown }).input), result })}\n`);
  }
  process.exit(0);
}

void main();
