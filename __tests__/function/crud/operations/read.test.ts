/** The operation `read` against a DynamoDB emulator (dynalite). */
import { startApi, type TestApi } from '../../../support/contract/api';
import { notes, orders, readings, todos } from '../../../support/contract/contracts';
import { operations } from '../../../support/contract/operations';

const GET = 'GET /todos/{id}';

let api: TestApi;
let id: string;
let etag: string;

beforeAll(async () => {
  api = await startApi(todos, operations);
  const { json, headers } = await api.send('POST /todos', { body: { title: 'Milk' } });
  id = json.id;
  etag = headers['etag'] ?? '';
});

afterAll(() => api.stop());

test('answers 200 with the item and its ETag, and without hidden attributes', async () => {
  const { status, headers, json } = await api.send(GET, { path: { id } });
  expect([status, headers['etag'], json.title]).toEqual([200, etag, 'Milk']);
  expect(Object.keys((await api.stored({ id })) ?? {})).toContain('~by');
  expect(Object.keys(json).filter((name) => name.startsWith('~'))).toEqual([]);
});

test.each([
  ['the ETag', () => etag],
  ['the weak ETag', () => `W/${etag}`],
  ['a list with the ETag', () => `"7-x", ${etag}`],
  ['*', () => '*'],
])('If-None-Match with %s is answered with 304, without body and content type', async (_, header) => {
  const { status, headers, text } = await api.send(GET, { path: { id }, headers: { 'if-none-match': header() } });
  expect({ status, headers, text }).toEqual({ status: 304, headers: { etag }, text: undefined });
});

test.each(['"2-x"', '"1"', 'nonsense', 'junk*', ''])('If-None-Match with %j is answered with 200', async (header) => {
  expect((await api.send(GET, { path: { id }, headers: { 'if-none-match': header } })).status).toBe(200);
});

test('an absent item is answered with 404, which names the key', async () => {
  const absent = '0190a3c0-0000-7000-8000-000000000001';
  const { status, json } = await api.send(GET, { path: { id: absent } });
  expect([status, json.detail]).toEqual([404, `There is no item with the key "${absent}".`]);
});

test('a key of the wrong format, a query and a body are answered with 400 together', async () => {
  const { status, json } = await api.send(GET, { path: { id: 'x' }, query: { limit: '1' }, body: '{}' });
  expect(status).toBe(400);
  expect(json.errors).toEqual([
    { path: 'limit', message: 'is not a known query parameter; this route takes none' },
    { path: 'body', message: 'this route takes no body; send the request without one' },
    { path: 'id', message: 'must be a UUID, but was the string "x"' },
  ]);
});

test('an expired item that DynamoDB has not deleted yet is answered with 404', async () => {
  const expiring = await startApi(readings, operations);
  const key = { sensor: 'a', at: 1 };
  await expiring.store({ ...key, value: 1, until: Math.floor(Date.now() / 1000) - 1 });
  const path = { sensor: 'a', at: '1' };
  expect((await expiring.send('GET /sensors/{sensor}/readings/{at}', { path })).status).toBe(404);
  expect(await expiring.stored(key)).toBeDefined();
  await expiring.store({ ...key, value: 1, until: Math.floor(Date.now() / 1000) + 60 });
  expect((await expiring.send('GET /sensors/{sensor}/readings/{at}', { path })).status).toBe(200);
  await expiring.stop();
});

test.each([
  ['1e0', 200],
  ['1.0', 200],
  ['-1', 404],
  ['one', 400],
  ['-0', 400],
  ['01', 400],
  ['1e400', 400],
  ['9007199254740993', 400],
])('the number %s in a path is answered with %i', async (at, status) => {
  const numbers = await startApi(readings, operations);
  await numbers.store({ sensor: 'a', at: 1, value: 1 });
  const path = { sensor: 'a', at };
  expect((await numbers.send('GET /sensors/{sensor}/readings/{at}', { path })).status).toBe(status);
  await numbers.stop();
});

test('callers read only items with their claim', async () => {
  const noteApi = await startApi(notes, operations);
  const { json } = await noteApi.send('POST /notes', { body: { text: 'x' }, claims: { sub: 'ada' } });
  const path = { noteId: json.noteId };
  expect((await noteApi.send('GET /notes/{noteId}', { path, claims: { sub: 'ada' } })).status).toBe(200);
  expect((await noteApi.send('GET /notes/{noteId}', { path, claims: { sub: 'bob' } })).status).toBe(404);
  await noteApi.stop();
});

test('behind a REST API, If-None-Match is read from a header of any case, and 304 has no body', async () => {
  const rest = await startApi(orders, operations);
  const path = { customerId: '0190a3c0-0000-7000-8000-000000000001' };
  const body = { lines: [{ sku: 'A', price: 1 }] };
  const { json, headers } = await rest.send('POST /customers/{customerId}/orders', { path, body });
  const { status, text } = await rest.send('GET /customers/{customerId}/orders/{orderId}', {
    path: { ...path, orderId: json.orderId },
    headers: { 'If-None-Match': headers['etag'] ?? '' },
  });
  expect([status, text]).toEqual([304, undefined]);
  await rest.stop();
});
