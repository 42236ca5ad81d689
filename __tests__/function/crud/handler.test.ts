/** Handlers of contracts against a DynamoDB emulator (dynalite). */
import { defineApi } from '../../../function/contract/api';
import { create } from '../../../function/crud/operations/create';
import type { HandlersOf } from '../../../function/crud/service';
import { Problem } from '../../../function/http/problem';
import { startApi, type TestApi } from '../../support/contract/api';

const shop = defineApi({
  name: 'shop',
  gateway: 'http-api',
  key: ['shelf', 'sku'],
  item: {
    type: 'object',
    required: ['shelf', 'sku', 'price'],
    properties: {
      shelf: { type: 'string', maxLength: 20 },
      sku: { type: 'string', maxLength: 20 },
      price: { type: 'number', minimum: 0 },
      stock: { type: 'integer', default: 0 },
      note: { type: 'string', maxLength: 20 },
    },
  },
  managed: { createdAt: 'createdAt', version: 'version', expiresAt: { expiresAfter: 60 } },
  indexes: { byPrice: { key: ['shelf', 'price'] } },
  routes: {
    'POST /things': { operation: 'create' },
    'GET /shelves/{shelf}/{sku}': {
      handler: 'show',
      table: ['get'],
      query: { lines: { type: 'integer', minimum: 1, default: 3 }, html: { type: 'boolean' } },
      responses: { 200: { description: 'A page' }, 302: { description: 'Elsewhere' } },
    },
    'POST /shelves/{shelf}/sales': {
      handler: 'sell',
      table: ['update', 'put', 'delete', 'query', 'scan'],
      body: {
        type: 'object',
        required: ['sku'],
        properties: { sku: { type: 'string', maxLength: 20 }, count: { type: 'integer', minimum: 1, default: 1 } },
      },
      responses: {
        200: { description: 'What is left', body: { type: 'object', properties: { left: { type: 'integer' } } } },
        202: { description: 'All calls' },
      },
    },
    'POST /echo': { handler: 'echo', body: 'raw', responses: { 200: { description: 'The body' } } },
  },
});

const handlers: HandlersOf<typeof shop> = {
  show: async ({ path, query }, table) => {
    // @ts-expect-error The contract does not grant the call.
    const denied: unknown = table.put;
    const item = await table.get(path);
    if (!item) throw new Problem(404, 'There is no such thing.');
    const price: number = item.price;
    if (query.html !== true) return { status: 302, headers: { location: `/${price}/${query.lines}/${typeof denied}` } };
    return { status: 200, headers: { 'content-type': 'text/html' }, body: `<p>${item.sku}</p>` };
  },
  sell: async ({ path: { shelf }, body: { sku, count } }, table) => {
    if (sku !== 'all') {
      const item = await table.update({ shelf, sku }, { add: { stock: -count } });
      if (!item) throw new Problem(404, 'There is no such thing.');
      return { status: 200, body: { left: item.stock } };
    }
    const made = await table.put({ shelf, sku: 'new', price: 5 });
    const taken = await table.put({ shelf, sku: 'new', price: 6 });
    const old = await table.update({ shelf, sku: 'new' }, { set: { note: 'x' } }, { version: 7 });
    const set = await table.update({ shelf, sku: 'new' }, { set: { note: 'x' } }, { version: 1 });
    const removed = await table.update({ shelf, sku: 'new' }, { remove: ['note'] });
    const over = await table.put({ shelf, sku: 'new', price: 7 }, { overwrite: true });
    const cheap = await table.query({ index: 'byPrice', partition: shelf, to: 5 });
    const first = await table.query({ partition: shelf, limit: 1, order: 'desc' });
    const second = await table.query({ partition: shelf, limit: 1, order: 'desc', after: first.next ?? {} });
    const none = await table.query({ index: 'byPrice', partition: shelf, from: 5, to: 4 });
    const scanned = await table.scan({ filters: { price: 7, ...(over && { expiresAt: over.expiresAt }) } });
    const gone = await table.delete({ shelf, sku: 'new' });
    const absent = await table.delete({ shelf, sku: 'new' });
    const skus = (page: { items: readonly { sku: string }[] }) => page.items.map((item) => item.sku);
    const versions = [made, taken, old, set, removed, over, gone, absent].map((item) => item?.version);
    return { status: 202, body: { versions, pages: [cheap, none, first, second, scanned].map(skus), set, removed } };
  },
  echo: ({ body }) => Promise.resolve({ status: 200, body }),
};

// @ts-expect-error The contract does not have the status.
export const otherStatus: Pick<typeof handlers, 'echo'> = { echo: () => Promise.resolve({ status: 418 }) };

let api: TestApi;

beforeAll(async () => {
  api = await startApi(shop, { create }, handlers);
  await api.send('POST /things', { body: { shelf: 's', sku: 'a', price: 2, stock: 9 } });
});
afterAll(() => api.stop());

const SHOW = 'GET /shelves/{shelf}/{sku}';
const SELL = 'POST /shelves/{shelf}/sales';

test('a handler gets path and query parameters in their types, and sets status and content type', async () => {
  const path = { shelf: 's', sku: 'a' };
  const { status, headers, text } = await api.send(SHOW, { path });
  expect([status, headers, text]).toEqual([302, { location: '/2/3/undefined' }, undefined]);
  await expect(api.send(SHOW, { path, query: { html: 'true' } })).rejects.toThrow(/JSON/);
});

test('a Problem that a handler throws is the answer', async () => {
  const { status, json } = await api.send(SHOW, { path: { shelf: 's', sku: 'none' } });
  expect([status, json.detail]).toEqual([404, 'There is no such thing.']);
});

test('faults of query, body and path are answered with 400 before the handler runs', async () => {
  const query = { lines: '0', other: '1' };
  const { status, json } = await api.send(SHOW, { path: { shelf: 's', sku: '..' }, query, body: 'x' });
  expect(status).toBe(400);
  expect((json.errors as { path: string }[]).map(({ path }) => path)).toEqual(['sku', 'lines', 'other', 'body']);
  expect((await api.send(SELL, { path: { shelf: 's' }, body: { sku: 'a', count: 0 } })).status).toBe(400);
});

test('a handler gets the checked body with its defaults, and adds to a field of an item', async () => {
  expect((await api.send(SELL, { path: { shelf: 's' }, body: { sku: 'a' } })).json).toEqual({ left: 8 });
  expect((await api.send(SELL, { path: { shelf: 's' }, body: { sku: 'a', count: 3 } })).json).toEqual({ left: 5 });
  expect((await api.send(SELL, { path: { shelf: 's' }, body: { sku: 'none' } })).status).toBe(404);
});

test('the table calls write, query, scan and delete items', async () => {
  const { status, json } = await api.send(SELL, { path: { shelf: 's' }, body: { sku: 'all' } });
  expect(status).toBe(202);
  expect(json.versions).toEqual([1, null, null, 2, 3, 1, 1, null]);
  expect(json.pages).toEqual([['a'], [], ['new'], ['a'], ['new']]);
  expect(json.set).toMatchObject({ note: 'x', stock: 0, expiresAt: expect.stringMatching(/Z$/) });
  expect(json.removed).not.toHaveProperty('note');
});

test('a raw body is text, and empty when no body was sent', async () => {
  expect((await api.send('POST /echo', { body: 'a=b' })).json).toBe('a=b');
  expect((await api.send('POST /echo')).json).toBe('');
});

const answering = (gateway: 'http-api' | 'rest-api', answer: unknown) =>
  startApi(
    {
      ...shop,
      gateway,
      routes: {
        'POST /echo': {
          handler: 'echo',
          responses: { 200: { description: 'Bytes' }, 204: { description: 'Nothing' } },
        },
      },
    },
    {},
    { echo: () => Promise.resolve(answer) },
  );

test.each([
  ['http-api', 'text'],
  ['http-api', undefined],
  ['http-api', null],
  ['http-api', {}],
  ['http-api', { status: '200' }],
  ['http-api', { status: 201 }],
  ['http-api', { status: 204, body: {} }],
  ['rest-api', { status: 200, body: new Uint8Array(1) }],
] as const)('behind an %s, the answer %j is a fault of the handler: 500', async (gateway, answer) => {
  const faulty = await answering(gateway, answer);
  const { status, json } = await faulty.send('POST /echo');
  expect([status, json.title]).toEqual([500, 'Internal Server Error']);
  await faulty.stop();
});

test('an answer without a body has neither content nor a content type', async () => {
  const empty = await answering('http-api', { status: 204 });
  expect(await empty.send('POST /echo')).toMatchObject({ status: 204, headers: {}, text: undefined });
  await empty.stop();
});

test('the function fails at its cold start when a handler or an operation is missing', async () => {
  await expect(startApi(shop, { create }, {})).rejects.toThrow('GET /shelves/{shelf}/{sku} needs the handler show');
  await expect(startApi(shop, {}, handlers)).rejects.toThrow('POST /things needs the operation create');
});
