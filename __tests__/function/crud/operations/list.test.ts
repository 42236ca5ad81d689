/** The operation `list` against a DynamoDB emulator (dynalite). */
import { startApi, type TestApi } from '../../../support/contract/api';
import { notes, orders, readings, todos } from '../../../support/contract/contracts';
import { operations } from '../../../support/contract/operations';
import { toCursor } from '../../../../function/crud/cursor';

type Query = Readonly<Record<string, string>>;

/** Reads all pages. @returns the pages */
async function pages(api: TestApi, routeKey: string, sent: { path?: Query; query?: Query; claims?: Query }) {
  const found: Record<string, unknown>[][] = [];
  let cursor: string | undefined;
  do {
    const query = { ...sent.query, ...(cursor !== undefined && { cursor }) };
    const { status, json } = await api.send(routeKey, { ...sent, query });
    expect(status).toBe(200);
    found.push(json.items);
    cursor = json.cursor;
  } while (cursor !== undefined);
  return found;
}

describe('of a partition with a number as sort key', () => {
  const LIST = 'GET /sensors/{sensor}/readings';
  const path = { sensor: 'a' };
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi(readings, operations);
    for (let at = 1; at <= 7; at += 1) await api.store({ sensor: 'a', at, value: at });
    await api.store({ sensor: 'b', at: 1, value: 1 });
    await api.store({ sensor: 'a', at: 8, value: 8, until: 1000 });
  });
  afterAll(() => api.stop());

  const list = async (query: Query) => (await pages(api, LIST, { path, query })).flat().map(({ at }) => at);

  test('answers with the items of the partition in order, without expired items and without a cursor', async () => {
    const { json } = await api.send(LIST, { path });
    expect(json).toEqual({ items: [1, 2, 3, 4, 5, 6, 7].map((at) => ({ sensor: 'a', at, value: at })) });
  });

  test.each([
    [{ order: 'desc' }, [7, 6, 5, 4, 3, 2, 1]],
    [{ 'at[gte]': '3', 'at[lte]': '5' }, [3, 4, 5]],
    [{ 'at[gt]': '3', 'at[lt]': '6' }, [4, 5]],
    [{ 'at[gt]': '5' }, [6, 7]],
    [{ 'at[gte]': '6.5' }, [7]],
    [{ 'at[lt]': '2' }, [1]],
    [{ 'at[lte]': '2', order: 'desc' }, [2, 1]],
    [{ 'at[gt]': '3', 'at[lt]': '3' }, []],
    [{ 'at[gte]': '5', 'at[lte]': '4' }, []],
  ])('the query %j selects %j, also in pages of one item', async (query: Query, expected) => {
    expect(await list(query)).toEqual(expected);
    expect(await list({ ...query, limit: '1' })).toEqual(expected);
  });

  test.each([1, 2, 3, 6, 7, 8])('pages of %i have every item once, and the last has no cursor', async (limit) => {
    const found = await pages(api, LIST, { path, query: { limit: String(limit) } });
    expect(found.flat().map(({ at }) => at)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    // The expired item may cause an additional, empty page.
    expect(found.length).toBeLessThanOrEqual(Math.ceil(7 / limit) + 1);
  });

  test('a cursor of another list and a damaged cursor are answered with 400', async () => {
    const { cursor } = (await api.send(LIST, { path, query: { limit: '2' } })).json as { cursor: string };
    const statusOf = async (sent: { path?: Query; query: Query }) => (await api.send(LIST, { path, ...sent })).status;
    expect(await statusOf({ query: { cursor, limit: '5' } })).toBe(200);
    expect(await statusOf({ path: { sensor: 'b' }, query: { cursor } })).toBe(400);
    expect(await statusOf({ query: { cursor, order: 'desc' } })).toBe(400);
    expect(await statusOf({ query: { cursor, 'at[gt]': '1' } })).toBe(400);
    expect(await statusOf({ query: { cursor: `${cursor.slice(0, -2)}AA` } })).toBe(400);
    expect(await statusOf({ query: { cursor: '' } })).toBe(400);
  });

  test.each([
    ['limit', '0'],
    ['limit', '101'],
    ['limit', 'all'],
    ['order', 'up'],
    ['at[gte]', 'x'],
    ['at[eq]', '1'],
    ['value', '1'],
  ])('%s=%s is answered with 400', async (name, value) => {
    const { status, json } = await api.send(LIST, { path, query: { [name]: value } });
    expect([status, json.errors]).toEqual([400, [{ path: name, message: expect.any(String) }]]);
  });

  test('two bounds on the same side are answered with 400', async () => {
    expect((await api.send(LIST, { path, query: { 'at[gt]': '1', 'at[gte]': '1' } })).status).toBe(400);
  });
});

describe('with filters and an index', () => {
  const customerId = '0190a3c0-0000-7000-8000-000000000001';
  const LIST = 'GET /customers/{customerId}/orders';
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi(orders, operations);
    for (let day = 1; day <= 9; day += 1) {
      await api.store({
        customerId,
        orderId: `0190a3c0-0000-7000-8000-00000000010${day}`,
        status: day % 3 === 0 ? 'paid' : 'open',
        createdAt: `2026-11-0${day}T10:00:00.000Z`,
        lines: [],
        version: 1,
      });
    }
  });
  afterAll(() => api.stop());

  const days = (found: Record<string, unknown>[][]) =>
    found.flat().map(({ createdAt }) => Number(String(createdAt).slice(8, 10)));

  test('filters by a field, in the order that the contract names', async () => {
    expect(days(await pages(api, LIST, { path: { customerId }, query: { status: 'paid' } }))).toEqual([9, 6, 3]);
    const one = { path: { customerId }, query: { status: 'open', limit: '1' } };
    expect(days(await pages(api, LIST, one))).toEqual([8, 7, 5, 4, 2, 1]);
    expect((await api.send(LIST, { path: { customerId }, query: { status: 'lost' } })).status).toBe(400);
  });

  test.each([
    [{ 'createdAt[gte]': '2026-11-03', 'createdAt[lt]': '2026-11-07' }, [3, 6]],
    [{ 'createdAt[gte]': '2026-11-06T10:00:00Z' }, [6, 9]],
    [{ 'createdAt[gt]': '2026-11-06T11:00:00+01:00' }, [9]],
    [{ 'createdAt[lte]': '2026-11' }, []],
    [{ order: 'desc' }, [9, 6, 3]],
  ])('queries an index by its partition key and the bounds %j', async (query: Query, expected) => {
    expect(days(await pages(api, 'GET /orders', { query: { status: 'paid', ...query } }))).toEqual(expected);
  });

  test('uses the default limit of the contract, and refuses more than its maximum', async () => {
    expect((await api.send('GET /orders', { query: { status: 'open' } })).json.items).toHaveLength(2);
    expect((await api.send('GET /orders', { query: { status: 'open', limit: '11' } })).status).toBe(400);
  });

  test('a malformed time and a missing partition key are answered with 400 together', async () => {
    const { status, json } = await api.send('GET /orders', { query: { 'createdAt[gte]': 'yesterday' } });
    expect(status).toBe(400);
    expect(json.errors).toEqual([
      { path: 'createdAt[gte]', message: expect.stringContaining('2026-11-29T10:00:00Z') },
      { path: 'status', message: 'is missing; send one of "open", "paid", "sent" in the query' },
    ]);
  });

  test('a forged cursor with a key that DynamoDB refuses is answered with 400', async () => {
    const query = { status: 'open' };
    const { cursor } = (await api.send('GET /orders', { query })).json as { cursor: string };
    const values = JSON.parse(Buffer.from(cursor, 'base64url').subarray(6).toString()) as unknown[];
    const selection =
      '{"filters":[],"index":"byStatus","isDescending":false,"partition":["status","open"],"sort":undefined}';
    const list = `["GET /orders",${selection}]`;
    expect(toCursor(values, list)).toBe(cursor);
    const unstorable = [Infinity, 90071992547409931, -0, '\ud800', true, {}].map((value) => [
      value,
      ...values.slice(1),
    ]);
    for (const forged of [[1, 2, 3], [], [null, null, null], ['', '', ''], values.slice(1), ...unstorable]) {
      const { status } = await api.send('GET /orders', { query: { ...query, cursor: toCursor(forged, list) } });
      expect([forged, status]).toEqual([forged, 400]);
    }
  });
});

test('callers see only items with their claim, also through an index', async () => {
  const api = await startApi(notes, operations);
  for (const sub of ['ada', 'bob']) {
    for (const folder of ['work', 'home'])
      await api.send('POST /notes', { body: { text: 'x', folder }, claims: { sub } });
  }
  const sent = { claims: { sub: 'ada' } };
  const owners = (found: Record<string, unknown>[][]) => found.flat().map(({ owner, folder }) => [owner, folder]);
  expect(owners(await pages(api, 'GET /notes', sent))).toEqual([
    ['ada', 'work'],
    ['ada', 'home'],
  ]);
  expect(owners(await pages(api, 'GET /folders/{folder}/notes', { ...sent, path: { folder: 'work' } }))).toEqual([
    ['ada', 'work'],
  ]);
  await api.stop();
});

test('a scan filters by a boolean, has every item once in its pages, and refuses an order', async () => {
  const api = await startApi(todos, operations);
  for (let at = 0; at < 5; at += 1) await api.send('POST /todos', { body: { title: `t${at}`, done: at % 2 === 0 } });
  const titles = (found: Record<string, unknown>[][]) =>
    found
      .flat()
      .map(({ title }) => title)
      .sort();
  expect(titles(await pages(api, 'GET /todos', { query: { limit: '2' } }))).toEqual(['t0', 't1', 't2', 't3', 't4']);
  expect(titles(await pages(api, 'GET /todos', { query: { done: 'true', limit: '1' } }))).toEqual(['t0', 't2', 't4']);
  expect((await api.send('GET /todos', { query: { order: 'asc' } })).status).toBe(400);
  await api.stop();
});

test('a page that is too large for a response is cut, and has a cursor', async () => {
  const api = await startApi(todos, operations);
  for (let at = 0; at < 4; at += 1) await api.store({ id: `big-${at}`, title: '\u0001'.repeat(330_000) });
  const found = await pages(api, 'GET /todos', {});
  expect(found.map(({ length }) => length)).toEqual([2, 2]);
  await api.stop();
});

test('an index whose sort key is the time to live lists the items that have not expired', async () => {
  const indexes = { byEnd: { key: ['sensor', 'until'] } } as const;
  const routes = { 'GET /ends': { operation: 'list', index: 'byEnd' } } as const;
  const ends = await startApi({ ...readings, indexes, routes }, operations);
  const later = Math.floor(Date.now() / 1000) + 100;
  await ends.store({ sensor: 'a', at: 1, value: 1, until: 1000 });
  await ends.store({ sensor: 'a', at: 2, value: 2, until: later });
  const { status, json } = await ends.send('GET /ends', {
    query: { sensor: 'a', 'until[gte]': '1970-01-01T00:00:00Z' },
  });
  expect([status, json.items]).toEqual([200, [expect.objectContaining({ at: 2 })]]);
  await ends.stop();
});
