/** Executes the CRUD operations on dynalite, which emulates DynamoDB. */
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { delete_ } from '../../../function/crud/delete';
import { get } from '../../../function/crud/get';
import { type ListResult, list as listOperation } from '../../../function/crud/list';
import { fromPageToken } from '../../../function/crud/page-token';
import { put as putOperation } from '../../../function/crud/put';
import { Table } from '../../../function/crud/table';
import { items } from '../../../function/items/contract';
import { parseNumber } from '../../../function/dynamodb/number';
import { toJson } from '../../../function/http/json';
import { Problem } from '../../../function/http/problem';
import { type LocalDynamodb, startTable } from '../../support/dynamodb';

let dynamodb: LocalDynamodb;
let client: DynamoDBClient;
let table: Table;

const emptyRequest = { id: '', query: {}, body: {} };

const getItem = (request: typeof emptyRequest, from = table) => get(request, from, items);
const deleteItem = (request: typeof emptyRequest) => delete_(request, table, items);

beforeAll(async () => {
  dynamodb = await startTable('items');
  client = new DynamoDBClient({
    endpoint: dynamodb.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const document = DynamoDBDocumentClient.from(client, { unmarshallOptions: { wrapNumbers: parseNumber } });
  table = new Table(document, 'items', 'id');
});

afterAll(async () => {
  client.destroy();
  await dynamodb.stop();
});

const put = (id: string, name = 'myitem') =>
  putOperation({ ...emptyRequest, body: { id, price: 12345, name } }, table, items);

test('puts, gets and deletes an item', async () => {
  expect(await put('abcdef234')).toBe('Put item abcdef234');
  expect(await getItem({ ...emptyRequest, id: 'abcdef234' })).toEqual({
    Item: { id: 'abcdef234', price: 12345, name: 'myitem' },
  });
  expect(await deleteItem({ ...emptyRequest, id: 'abcdef234' })).toBe('Deleted item abcdef234');
  expect(await deleteItem({ ...emptyRequest, id: 'abcdef234' })).toBe('Deleted item abcdef234');
  await expect(getItem({ ...emptyRequest, id: 'abcdef234' })).rejects.toMatchObject({ status: 404 });
});

test('put replaces the whole item', async () => {
  await put('twice', 'first');
  await put('twice', 'second');
  expect(await getItem({ ...emptyRequest, id: 'twice' })).toEqual({
    Item: { id: 'twice', price: 12345, name: 'second' },
  });
  await deleteItem({ ...emptyRequest, id: 'twice' });
});

test('reads a stored number of 38 digits with all its digits', async () => {
  const number = '12345678901234567890123456789012345678';
  await client.send(new PutItemCommand({ TableName: 'items', Item: { id: { S: 'big' }, price: { N: number } } }));
  expect(toJson(await getItem({ ...emptyRequest, id: 'big' }))).toBe(`{"Item":{"id":"big","price":${number}}}`);
  await deleteItem({ ...emptyRequest, id: 'big' });
});

describe('list', () => {
  const ids = Array.from({ length: 7 }, (_, index) => `item-${index}`);
  const list = (limit?: number, after?: string) =>
    listOperation(
      { ...emptyRequest, query: { ...(limit && { limit }), ...(after && { after }) } },
      table,
      items,
    ) as Promise<ListResult>;

  beforeAll(() => Promise.all(ids.map((id) => put(id))));
  afterAll(() => Promise.all(ids.map((id) => deleteItem({ ...emptyRequest, id }))));

  test('returns a small table as one page without a token', async () => {
    const all = await list();
    expect(all).toMatchObject({ Count: 7, ScannedCount: 7 });
    expect(all.Items.map(({ id }) => id).sort()).toEqual(ids);
    expect(all).not.toHaveProperty('NextToken');
  });

  test.each([1, 2, 3, 6, 7, 8])(
    'pages of %i contain each item once, and only the last page has no token',
    async (limit) => {
      const seen: unknown[] = [];
      let pages = 0;
      let after: string | undefined;
      do {
        const page = await list(limit, after);
        expect(page.Count).toBe(page.Items.length);
        expect(page.ScannedCount).toBe(page.Items.length);
        seen.push(...page.Items.map(({ id }) => id));
        after = page.NextToken === undefined ? undefined : fromPageToken(page.NextToken);
        pages += 1;
      } while (after !== undefined);
      expect(seen.sort()).toEqual(ids);
      expect(pages).toBe(Math.ceil(7 / limit));
    },
  );

  test('cuts a page that does not fit into a Lambda response, and adds a token', async () => {
    // A control character takes one byte in DynamoDB and seven as JSON within JSON.
    const long = ['long-0', 'long-1', 'long-2'];
    await Promise.all(long.map((id) => put(id, '\u0001'.repeat(330_000))));
    const first = await list();
    expect(Buffer.byteLength(JSON.stringify(toJson(first)))).toBeLessThan(6_291_556);
    expect(first.NextToken).toBeDefined();
    const second = await list(undefined, fromPageToken(first.NextToken ?? ''));
    expect([...first.Items, ...second.Items]).toHaveLength(10);
    await Promise.all(long.map((id) => deleteItem({ ...emptyRequest, id })));
  });
});

test('throws the error of DynamoDB for an unknown table, not a Problem', async () => {
  const document = DynamoDBDocumentClient.from(client);
  const error: unknown = await getItem({ ...emptyRequest, id: 'a' }, new Table(document, 'nowhere', 'id')).catch(
    (reason: unknown) => reason,
  );
  expect(error).not.toBeInstanceOf(Problem);
  expect(error).toMatchObject({ name: 'ResourceNotFoundException' });
});
