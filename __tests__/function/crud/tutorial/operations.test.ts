/** The tutorial's operations against a DynamoDB emulator (dynalite). */
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { modelOf, routesOf } from '../../../../function/contract/model';
import type { Operation } from '../../../../function/crud/operation';
import { remove } from '../../../../function/crud/tutorial/delete';
import { type ListResult, list as listOperation } from '../../../../function/crud/tutorial/list';
import { put as putOperation } from '../../../../function/crud/tutorial/put';
import { read } from '../../../../function/crud/tutorial/read';
import { parseNumber } from '../../../../function/dynamodb/number';
import { toJson } from '../../../../function/http/json';
import { Problem } from '../../../../function/http/problem';
import type { Request } from '../../../../function/http/serve';
import { items } from '../../../support/contract/contracts';
import { type LocalDynamodb, startTable } from '../../../support/dynamodb';

let dynamodb: LocalDynamodb;
let client: DynamoDBClient;
let document: DynamoDBDocumentClient;

/** Serves one request of a route. @returns the body of the answer */
async function serve(routeKey: string, operation: unknown, parts: Partial<Request>, tableName = 'items') {
  const found = routesOf(items).find((candidate) => candidate.routeKey === routeKey);
  if (!found) throw new Error(`The contract has no route ${routeKey}`);
  const model = modelOf(items);
  const setup = { model, routeKey, route: found.route, client: document, tableName, maxBodyBytes: Infinity };
  const service = (operation as Operation)(setup);
  const empty = { id: 'r', routeKey, urlPath: '', path: {}, query: {}, headers: {}, claims: {}, body: undefined };
  const answer = await service({ ...empty, ...parts });
  expect(answer.status).toBe(200);
  return answer.body;
}

const getItem = (id: string, tableName?: string) => serve('GET /items/{id}', read, { path: { id } }, tableName);
const deleteItem = (id: string) => serve('DELETE /items/{id}', remove, { path: { id } });

beforeAll(async () => {
  dynamodb = await startTable('items');
  client = new DynamoDBClient({
    endpoint: dynamodb.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  document = DynamoDBDocumentClient.from(client, { unmarshallOptions: { wrapNumbers: parseNumber } });
});

afterAll(async () => {
  client.destroy();
  await dynamodb.stop();
});

const put = (id: string, name = 'myitem') =>
  serve('PUT /items', putOperation, { body: JSON.stringify({ id, price: 12345, name }) });

test('puts, gets and deletes an item', async () => {
  expect(await put('abcdef234')).toBe('Put item abcdef234');
  expect(await getItem('abcdef234')).toEqual({
    Item: { id: 'abcdef234', price: 12345, name: 'myitem' },
  });
  expect(await deleteItem('abcdef234')).toBe('Deleted item abcdef234');
  expect(await deleteItem('abcdef234')).toBe('Deleted item abcdef234');
  await expect(getItem('abcdef234')).rejects.toMatchObject({ status: 404 });
});

test('put replaces the whole item', async () => {
  await put('twice', 'first');
  await put('twice', 'second');
  expect(await getItem('twice')).toEqual({
    Item: { id: 'twice', price: 12345, name: 'second' },
  });
  await deleteItem('twice');
});

test('reads a stored number of 38 digits with all its digits', async () => {
  const number = '12345678901234567890123456789012345678';
  await client.send(new PutItemCommand({ TableName: 'items', Item: { id: { S: 'big' }, price: { N: number } } }));
  expect(toJson(await getItem('big'))).toBe(`{"Item":{"id":"big","price":${number}}}`);
  await deleteItem('big');
});

describe('list', () => {
  const ids = Array.from({ length: 7 }, (_, index) => `item-${index}`);
  const list = (limit?: number, nextToken?: string) => {
    const query = { ...(limit && { limit: String(limit) }), ...(nextToken !== undefined && { nextToken }) };
    return serve('GET /items', listOperation, { query }) as Promise<ListResult>;
  };

  beforeAll(() => Promise.all(ids.map((id) => put(id))));
  afterAll(() => Promise.all(ids.map((id) => deleteItem(id))));

  test('returns a small table on one page, without a token', async () => {
    const all = await list();
    expect(all).toMatchObject({ Count: 7, ScannedCount: 7 });
    expect(all.Items.map(({ id }) => id).sort()).toEqual(ids);
    expect(all).not.toHaveProperty('NextToken');
  });

  test.each([1, 2, 3, 6, 7, 8])(
    'pages of %i have every item once, and only the last page has no token',
    async (limit) => {
      const seen: unknown[] = [];
      let pages = 0;
      let token: string | undefined;
      do {
        const page = await list(limit, token);
        expect(page.Count).toBe(page.Items.length);
        expect(page.ScannedCount).toBe(page.Items.length);
        seen.push(...page.Items.map(({ id }) => id));
        token = page.NextToken;
        pages += 1;
      } while (token !== undefined);
      expect(seen.sort()).toEqual(ids);
      expect(pages).toBe(Math.ceil(7 / limit));
    },
  );

  test('cuts a page that is too large for a Lambda response, and returns a token', async () => {
    // A control character is one byte in DynamoDB and seven in a JSON string within JSON.
    const long = ['long-0', 'long-1', 'long-2'];
    await Promise.all(long.map((id) => put(id, '\u0001'.repeat(330_000))));
    const first = await list();
    expect(Buffer.byteLength(JSON.stringify(toJson(first)))).toBeLessThan(6_291_556);
    expect(first.NextToken).toBeDefined();
    const second = await list(undefined, first.NextToken);
    expect([...first.Items, ...second.Items]).toHaveLength(10);
    await Promise.all(long.map((id) => deleteItem(id)));
  });
});

test('an unknown table is not reported as a problem of the caller', async () => {
  const error: unknown = await getItem('a', 'nowhere').catch((thrown: unknown) => thrown);
  expect(error).not.toBeInstanceOf(Problem);
  expect(error).toMatchObject({ name: 'ResourceNotFoundException' });
});
