/** Items of a table with a sort key and an index: pages, queries, changes and conflicts. */
import { History } from '../../src/console/history';
import { ConsoleServer } from '../../src/console/server';
import type { TableDeployment } from '../../src/model/deployment';
import { deploymentWith, startConsole, type TestConsole } from '../support/console';
import { type Answer, send } from '../support/http';

const TABLE: TableDeployment = {
  name: 'orders',
  arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/orders',
  keySchema: [
    { AttributeName: 'customer', KeyType: 'HASH' },
    { AttributeName: 'number', KeyType: 'RANGE' },
  ],
  attributes: [
    { AttributeName: 'customer', AttributeType: 'S' },
    { AttributeName: 'number', AttributeType: 'N' },
    { AttributeName: 'status', AttributeType: 'S' },
  ],
  indexes: [
    {
      name: 'by-status',
      keySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
      projection: { type: 'KEYS_ONLY' },
    },
  ],
  localIndexes: [
    {
      name: 'by-customer-status',
      keySchema: [
        { AttributeName: 'customer', KeyType: 'HASH' },
        { AttributeName: 'status', KeyType: 'RANGE' },
      ],
      projection: { type: 'ALL' },
    },
  ],
};

let fixture: TestConsole;

beforeAll(async () => {
  fixture = await startConsole(TABLE);
  fixture.site.deployments = [{ ...deploymentWith(), tables: [TABLE] }];
});

afterAll(() => fixture.stop());

const ORDER = { customer: { S: 'ann' }, number: { N: '1' }, status: { S: 'open' } };

function call(method: string, body?: unknown, query = '', headers = {}): Promise<Answer> {
  const target = `/api/tables/orders/item${method === 'GET' ? `s${query}` : ''}`;
  return send(fixture.url, method, target, {
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const read = (key: unknown): Promise<Answer> =>
  send(fixture.url, 'GET', `/api/tables/orders/item?key=${encodeURIComponent(JSON.stringify(key))}`);

const keyOf = (customer: string, number: string) => ({ customer: { S: customer }, number: { N: number } });

test('creates an item once, with all digits of its numbers', async () => {
  const item = { ...keyOf('digits', '1'), price: { N: '12345678901234567890.123456789012345678' } };
  expect((await call('PUT', { item })).status).toBe(200);
  expect((await read(keyOf('digits', '1'))).json).toEqual({ item });
  expect(await call('PUT', { item: { ...item, price: { N: '2' } } })).toMatchObject({
    status: 409,
    json: { message: expect.stringMatching(/ exists already\. /), current: item },
  });
});

test('replaces an item that is as the developer saw it, and refuses an item that has changed meanwhile', async () => {
  const item = {
    ...keyOf('changes', '1'),
    tags: { SS: ['b', 'a'] },
    lines: { L: [{ N: '1' }] },
    address: { M: { city: { S: 'x' } } },
  };
  await call('PUT', { item });
  const previous = { ...item, tags: { SS: ['a', 'b'] } };
  const changed = { ...item, address: { M: { city: { S: 'y' } } } };
  expect((await call('PUT', { item: changed, previous })).status).toBe(200);
  for (const method of ['PUT', 'DELETE']) {
    const body = { ...(method === 'PUT' && { item }), previous };
    expect(await call(method, body)).toMatchObject({
      status: 409,
      json: { message: expect.stringMatching(/ has changed meanwhile\. /), current: { address: changed.address } },
    });
  }
  expect((await read(keyOf('changes', '1'))).json.item.address).toEqual(changed.address);
});

test('sees an attribute that was added meanwhile', async () => {
  const item = keyOf('added', '1');
  await call('PUT', { item });
  await call('PUT', { item: { ...item, more: { BOOL: true } }, previous: item });
  expect((await call('DELETE', { previous: item })).status).toBe(409);
});

test('deletes an item, and says that an item has been deleted meanwhile', async () => {
  const item = keyOf('deletes', '1');
  await call('PUT', { item });
  expect(await call('DELETE', { previous: item })).toMatchObject({ status: 200, json: { deleted: item } });
  expect((await read(item)).status).toBe(404);
  for (const body of [{ previous: item }, { item, previous: item }]) {
    expect(await call('item' in body ? 'PUT' : 'DELETE', body)).toMatchObject({
      status: 409,
      json: { message: expect.stringMatching(/ has been deleted meanwhile\. /) },
    });
  }
});

test.each([
  ['PUT', {}, "item: is missing; send an item in DynamoDB's JSON."],
  ['PUT', { item: { customer: { S: 'a' } } }, 'item: the key attribute number is missing.'],
  ['PUT', { item: [], other: {} }, /^item: send an item in DynamoDB's JSON.* other: is not a field/],
  ['PUT', { item: keyOf('a', '2'), previous: keyOf('a', '1') }, /^item: has another key than previous\./],
  ['PUT', { item: keyOf('a', 'x') }, /^DynamoDB: /],
  ['PUT', { item: { ...keyOf('a', '1'), tags: { SS: [] } } }, /^DynamoDB: /],
  ['DELETE', {}, "previous: is missing; send the item to delete in DynamoDB's JSON."],
  ['DELETE', 'text', 'The body must be a JSON object.'],
])('%s of %j is a 400', async (method, body, message) => {
  const { status, json } = await call(method, body);
  expect({ status, message: json.message }).toEqual({
    status: 400,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  });
});

test('a page of another site, or a form, changes nothing', async () => {
  const item = keyOf('foreign', '1');
  for (const headers of [
    { origin: 'http://127.0.0.1:3000' },
    { host: 'evil.example' },
    { 'sec-fetch-site': 'same-site' },
    { 'content-type': 'text/plain' },
  ]) {
    expect((await call('PUT', { item }, '', headers)).status).toBe(403);
    expect((await call('DELETE', { previous: item }, '', headers)).status).toBe(403);
  }
  expect((await read(item)).status).toBe(404);
});

describe('a query', () => {
  beforeAll(async () => {
    for (const number of ['1', '2', '10']) await call('PUT', { item: { ...ORDER, number: { N: number } } });
    await call('PUT', { item: { ...ORDER, customer: { S: 'bob' }, status: { S: 'sent' } } });
  });

  const numbers = async (query: string) => {
    const { json } = await call('GET', undefined, query);
    return (json.items as { number: { N: string } }[]).map(({ number }) => number.N);
  };

  test.each([
    ['?partition=ann', ['1', '2', '10']],
    ['?partition=ann&sort=2', ['2']],
    ['?partition=ann&sort=2&comparison=%3E%3D', ['2', '10']],
    ['?partition=sent&index=by-status', ['1']],
    ['?partition=bob&sort=se&comparison=begins_with&index=by-customer-status', ['1']],
    ['?partition=nobody', []],
  ])('%s finds the items %j', async (query, expected) => {
    expect(await numbers(query)).toEqual(expected);
  });

  test('continues on the next page', async () => {
    const { next } = (await call('GET', undefined, '?partition=ann&limit=2')).json;
    expect(await numbers(`?partition=ann&limit=2&start=${next}`)).toEqual(['10']);
  });

  test.each([
    ['?sort=1', /^partition: is missing; send the value of customer\.$/],
    ['?partition=a&sort=b&index=by-status', /^sort: this key has no sort attribute/],
    ['?partition=a&sort=1&comparison=like', /^comparison: saw like; allowed are =, </],
    ['?index=none', 'index: the table orders has no index none. Its indexes are by-status, by-customer-status.'],
    ['?partition=ann&sort=x', /^DynamoDB: /],
    ['?start=bnVsbA', /^start: saw bnVsbA/],
  ])('%s is a 400', async (query, message) => {
    const { status, json } = await call('GET', undefined, query);
    expect({ status, message: json.message }).toEqual({
      status: 400,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });
});

test('an item is read by its whole key only', async () => {
  expect((await read({ customer: { S: 'ann' } })).status).toBe(400);
  expect((await send(fixture.url, 'GET', '/api/tables/orders/item?key=x')).json.message).toMatch(/^key: saw x; /);
  expect((await send(fixture.url, 'GET', '/api/tables/orders/item')).status).toBe(400);
});

test('a DynamoDB that does not answer is a 502', async () => {
  const server = new ConsoleServer({
    site: fixture.site,
    history: new History(),
    dynamodbEndpoint: 'http://127.0.0.1:1',
  });
  const url = await server.listen(0, false);
  expect((await send(url, 'GET', '/api/tables/orders/items')).status).toBe(502);
  await server.close();
});
