/** Expressions and attribute names at DynamoDB's limits, through the AWS SDK. */
import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { failure, guardedTable } from '../../../support/guarded-table';

const table = guardedTable('dynalite');
let client: DynamoDBClient;

beforeAll(async () => {
  await table.setPolicy({ Action: 'dynamodb:*' });
  client = table.client();
  for (const age of [1, 2, 3]) {
    await client.send(
      new PutItemCommand({ TableName: 'pets', Item: { id: { S: `pet-${age}` }, age: { N: String(age) } } }),
    );
  }
});

afterAll(() => client.destroy());

const numbers = { ':one': { N: '1' }, ':two': { N: '2' }, ':three': { N: '3' } };

async function agesWith(FilterExpression: string): Promise<number[]> {
  const used = Object.entries(numbers).filter(([name]) => FilterExpression.includes(name));
  const { Items: items = [] } = await client.send(
    new ScanCommand({
      TableName: 'pets',
      FilterExpression,
      ...(used.length > 0 && { ExpressionAttributeValues: Object.fromEntries(used) }),
    }),
  );
  return items.map(({ age }) => Number(age?.N)).sort();
}

test.each([
  ['age = :one', [1]],
  ['age = :one OR age = :two AND age = :three', [1]],
  ['(age = :one OR age = :two) AND age <> :one', [2]],
  ['NOT age = :one', [2, 3]],
  ['not (age = :one or (age = :two))', [3]],
  ['age BETWEEN :one AND :two AND age <> :one', [2]],
  ['(age between :one and :two) and (age <> :one)', [2]],
  ['age IN (:one, :three) AND attribute_exists(age)', [1, 3]],
  ['(age) = (:one)', [1]],
  ['size(id) > :three AND NOT (attribute_not_exists(age) OR begins_with(age, :three))', undefined],
  ['age>:one AND(age<:three)', [2]],
] satisfies [string, number[] | undefined][])('filters by %s', async (filter, expected) => {
  if (expected) expect(await agesWith(filter)).toEqual(expected);
  else expect((await failure(agesWith(filter))).message).toMatch(/^Invalid FilterExpression: Incorrect operand type/);
});

test('answers a deep valid expression quickly', async () => {
  const deep = `${'(age = :one OR '.repeat(100)}age = :two${')'.repeat(100)}`;
  const startedAt = performance.now();
  expect(await agesWith(deep)).toEqual([1, 2]);
  expect(performance.now() - startedAt).toBeLessThan(1000);
});

describe('refuses quickly', () => {
  const update = (UpdateExpression: string) =>
    client.send(new UpdateItemCommand({ TableName: 'pets', Key: { id: { S: 'x' } }, UpdateExpression }));
  const condition = (ConditionExpression: string) =>
    client.send(new PutItemCommand({ TableName: 'pets', Item: { id: { S: 'x' } }, ConditionExpression }));
  const key = (KeyConditionExpression: string) =>
    client.send(new QueryCommand({ TableName: 'pets', KeyConditionExpression }));
  const projection = (ProjectionExpression: string) =>
    client.send(new GetItemCommand({ TableName: 'pets', Key: { id: { S: 'x' } }, ProjectionExpression }));

  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['7 brackets', () => agesWith('('.repeat(7)), /^Invalid FilterExpression: Syntax error; token: "<EOF>"/],
    ['4,000 brackets', () => agesWith('('.repeat(4000)), /^Invalid FilterExpression: Syntax error; token: "<EOF>"/],
    ['4,000 brackets of a condition', () => condition('('.repeat(4000)), /^Invalid ConditionExpression: Syntax error/],
    ['4,000 brackets of a key condition', () => key('('.repeat(4000)), /^Invalid KeyConditionExpression: Syntax error/],
    ['4,000 brackets of an update', () => update(`SET a = ${'('.repeat(4000)}`), /^Invalid UpdateExpression: Syntax/],
    ['4,000 brackets of a projection', () => projection('('.repeat(4000)), /^Invalid ProjectionExpression: Syntax/],
    [
      'a closing bracket too many',
      () => agesWith('age = :one)'),
      /^Invalid FilterExpression: Syntax error; token: "\)"/,
    ],
    [
      'redundant brackets',
      () => agesWith(`${'('.repeat(1000)}age = :one${')'.repeat(1000)}`),
      /^Invalid FilterExpression: The expression has redundant parentheses;$/,
    ],
    [
      'redundant brackets of an operand',
      () => agesWith('((age)) = :one'),
      /^Invalid FilterExpression: The expression has redundant parentheses;$/,
    ],
    [
      '301 operators',
      () => agesWith(Array.from({ length: 151 }, () => 'a<b').join(' or ')),
      /^Invalid FilterExpression: The expression contains too many operators; operator count: 301$/,
    ],
    [
      'more than 4 KB',
      () => agesWith(`age = :one OR ${'a'.repeat(4096)} = :one`),
      /^Invalid FilterExpression: Expression size has exceeded the maximum allowed size; expression size: 4117$/,
    ],
    [
      'a missing condition',
      () => agesWith('age = :one AND'),
      /^Invalid FilterExpression: Syntax error; token: "<EOF>"/,
    ],
    ['an empty group', () => agesWith('()'), /^Invalid FilterExpression: Syntax error; token: "\)"/],
    [
      'two conditions without AND',
      () => agesWith('(age = :one) (age = :two)'),
      /^Invalid FilterExpression: Syntax error/,
    ],
    ['a reserved word in a group', () => agesWith('(age = :one) AND name = :two'), /reserved keyword: name$/],
  ])('%s', async (_name, call, message) => {
    const startedAt = performance.now();
    const error = await failure(call());
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(error).toMatchObject({ name: 'ValidationException', status: 400 });
    expect(error.message).toMatch(message);
  });
});

describe('attribute names', () => {
  const LONGEST = 'x'.repeat(65_535);
  const TOO_LONG = 'é'.repeat(32_768);
  const put = (item: object) =>
    client.send(new PutItemCommand({ TableName: 'pets', Item: { id: { S: 'named' }, ...item } }));
  const set = (name: string) =>
    client.send(
      new UpdateItemCommand({
        TableName: 'pets',
        Key: { id: { S: 'named' } },
        UpdateExpression: 'SET #name = :one',
        ExpressionAttributeNames: { '#name': name },
        ExpressionAttributeValues: { ':one': { N: '1' } },
      }),
    );

  test('accepts a name of 65,535 bytes', async () => {
    await put({ [LONGEST]: { N: '1' } });
    await set(LONGEST);
  });

  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['an empty name', () => put({ '': { N: '1' } }), /Empty attribute name$/],
    ['an empty name in a map', () => put({ map: { M: { '': { N: '1' } } } }), /Empty attribute name$/],
    ['a name of 65,536 bytes', () => put({ [TOO_LONG]: { N: '1' } }), /must be less than 65536 bytes$/],
    ['such a name in a list', () => put({ l: { L: [{ M: { [TOO_LONG]: { N: '1' } } }] } }), /less than 65536 bytes$/],
    [
      'such a name behind a placeholder',
      () => set(TOO_LONG),
      /^ExpressionAttributeNames contains invalid value: .*65536/,
    ],
    ['an empty name behind a placeholder', () => set(''), /^ExpressionAttributeNames contains invalid value: Empty/],
  ])('refuses %s', async (_name, call, message) => {
    const error = await failure(call());
    expect(error).toMatchObject({ name: 'ValidationException', status: 400 });
    expect(error.message).toMatch(message);
  });

  test('refuses a placeholder of 256 bytes', async () => {
    const placeholder = `#${'x'.repeat(255)}`;
    const get = client.send(
      new GetItemCommand({
        TableName: 'pets',
        Key: { id: { S: 'a' } },
        ProjectionExpression: placeholder,
        ExpressionAttributeNames: { [placeholder]: 'age' },
      }),
    );
    expect((await failure(get)).message).toBe(
      'ExpressionAttributeNames contains invalid key: The expression attribute map contains a key that is too long; size of key: 256',
    );
  });

  test.each([
    ['32 levels of nesting are accepted', 32, 'Error'],
    ['33 levels of nesting are refused', 33, 'ValidationException'],
    ['500 levels of nesting are refused', 500, 'ValidationException'],
  ])('%s', async (_name, levels, error) => {
    let value: object = { N: '1' };
    for (let level = 0; level < levels; level += 1) value = { L: [value] };
    expect((await failure(put({ deep: value }))).name).toBe(error);
  });
});
