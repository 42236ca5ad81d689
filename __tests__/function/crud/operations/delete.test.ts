/** The operation `delete` against a DynamoDB emulator (dynalite). */
import { startApi, type TestApi } from '../../../support/contract/api';
import { orders, readings, todos } from '../../../support/contract/contracts';
import { operations } from '../../../support/contract/operations';

const DELETE = 'DELETE /todos/{id}';

let api: TestApi;

beforeAll(async () => {
  api = await startApi(todos, operations);
});
beforeEach(() => api.dynamodb.heal());
afterAll(() => api.stop());

async function newTodo(): Promise<{ readonly path: { readonly id: string }; readonly etag: string }> {
  const { json, headers } = await api.send('POST /todos', { body: { title: 'x' } });
  return { path: { id: json.id }, etag: headers['etag'] ?? '' };
}

test('deletes an item: 204 without a body and content type', async () => {
  const { path } = await newTodo();
  expect(await api.send(DELETE, { path })).toEqual({ status: 204, headers: {}, text: undefined, json: undefined });
  expect(await api.stored(path)).toBeUndefined();
  expect((await api.send(DELETE, { path })).status).toBe(404);
});

test('If-Match with the current ETag deletes; with an old ETag it is answered with 412', async () => {
  const { path, etag } = await newTodo();
  await api.send('PATCH /todos/{id}', { path, body: { done: true } });
  expect((await api.send(DELETE, { path, headers: { 'if-match': etag } })).status).toBe(412);
  expect(await api.stored(path)).toBeDefined();
  const { headers } = await api.send('GET /todos/{id}', { path });
  expect((await api.send(DELETE, { path, headers: { 'if-match': headers['etag'] ?? '' } })).status).toBe(204);
  expect((await api.send(DELETE, { path, headers: { 'if-match': '*' } })).status).toBe(412);
});

test('If-None-Match: * is answered with 412 for an existing item, and with 404 for an absent item', async () => {
  const { path } = await newTodo();
  expect((await api.send(DELETE, { path, headers: { 'if-none-match': '*' } })).status).toBe(412);
  await api.send(DELETE, { path });
  expect((await api.send(DELETE, { path, headers: { 'if-none-match': '*' } })).status).toBe(404);
});

test('one of 20 concurrent requests deletes the item', async () => {
  const { path } = await newTodo();
  const replies = await Promise.all(Array.from({ length: 20 }, () => api.send(DELETE, { path })));
  expect(replies.map(({ status }) => status).sort()).toEqual([204, ...Array<number>(19).fill(404)]);
});

test.each([false, true])(
  'a retry of the SDK after a lost answer is answered with 204 (If-Match: %s)',
  async (match) => {
    const { path, etag } = await newTodo();
    api.dynamodb.fail('lose the answer', 1);
    expect((await api.send(DELETE, { path, headers: match ? { 'if-match': etag } : {} })).status).toBe(204);
  },
);

test('a query and a body are answered with 400', async () => {
  const { path } = await newTodo();
  const { status, json } = await api.send(DELETE, { path, query: { force: 'true' }, body: '{}' });
  expect([status, json.errors.length]).toEqual([400, 2]);
});

test('a route with a required precondition answers 428 without one', async () => {
  const rest = await startApi(orders, operations);
  const path = { customerId: '0190a3c0-0000-7000-8000-000000000001', orderId: '0190a3c0-0000-7000-8000-000000000002' };
  expect((await rest.send('DELETE /customers/{customerId}/orders/{orderId}', { path })).status).toBe(428);
  await rest.stop();
});

test('an expired item is answered with 404', async () => {
  const expiring = await startApi(readings, operations);
  await expiring.store({ sensor: 'a', at: 1, value: 1, until: 1000 });
  const path = { sensor: 'a', at: '1' };
  expect((await expiring.send('DELETE /sensors/{sensor}/readings/{at}', { path })).status).toBe(404);
  await expiring.stop();
});
