/** The operation `increment` against a DynamoDB emulator (dynalite). */
import { defineApi } from '../../../../function/contract/api';
import { startApi, type TestApi } from '../../../support/contract/api';
import { operations } from '../../../support/contract/operations';

const posts = defineApi({
  name: 'posts',
  gateway: 'http-api',
  key: 'id',
  item: { type: 'object', required: ['title'], properties: { title: { type: 'string', maxLength: 200 } } },
  managed: { id: 'uuid', likes: 'counter', stock: 'counter', version: 'version', updatedAt: 'updatedAt' },
  routes: {
    'POST /posts': { operation: 'create' },
    'GET /posts/{id}': { operation: 'read' },
    'PATCH /posts/{id}': { operation: 'update' },
    'POST /posts/{id}/likes': { operation: 'increment', field: 'likes', by: 1 },
    'POST /posts/{id}/sales': { operation: 'increment', field: 'stock', by: -2 },
  },
});

const LIKE = 'POST /posts/{id}/likes';

let api: TestApi;
let path: { id: string };

beforeAll(async () => {
  api = await startApi(posts, operations);
});
beforeEach(async () => {
  api.dynamodb.heal();
  path = { id: (await api.send('POST /posts', { body: { title: 'x' } })).json.id };
});
afterAll(() => api.stop());

test('answers 200 with the updated item, its next version and its new ETag', async () => {
  const { status, headers, json } = await api.send(LIKE, { path });
  expect([status, json.likes, json.version]).toEqual([200, 1, 2]);
  expect((await api.send('GET /posts/{id}', { path })).headers['etag']).toBe(headers['etag']);
  expect((await api.send('POST /posts/{id}/sales', { path })).json).toMatchObject({ likes: 1, stock: -2, version: 3 });
});

test('20 concurrent requests add 20', async () => {
  const replies = await Promise.all(Array.from({ length: 20 }, () => api.send(LIKE, { path })));
  expect(replies.map(({ json }) => json.likes as number).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, at) => at + 1),
  );
});

test('a call whose answer is lost is not retried, and counts once', async () => {
  api.dynamodb.fail('lose the answer', 1);
  // The status is 503 outside of Jest. Here it can be 500, because Jest's class Error differs from that of Node.js.
  expect((await api.send(LIKE, { path })).status).toBeGreaterThanOrEqual(500);
  expect(api.dynamodb.calls()).toBe(1);
  expect((await api.send('GET /posts/{id}', { path })).json.likes).toBe(1);
});

test('a throttled call is retried', async () => {
  api.dynamodb.fail({ status: 400, type: 'ThrottlingException' }, 2);
  expect((await api.send(LIKE, { path })).json.likes).toBe(1);
});

test('an absent item is answered with 404, and not created', async () => {
  const absent = { id: '0190a3c0-0000-7000-8000-000000000001' };
  expect((await api.send(LIKE, { path: absent })).status).toBe(404);
  expect(await api.stored(absent)).toBeUndefined();
});

test('a body is answered with 400, and so is a patch of a counter', async () => {
  expect((await api.send(LIKE, { path, body: '{"by":5}' })).status).toBe(400);
  expect((await api.send('PATCH /posts/{id}', { path, body: { likes: 5 } })).status).toBe(400);
});

test('without a field for the time of creation, a new item does not match an ETag of the old item', async () => {
  const { headers } = await api.send('GET /posts/{id}', { path });
  expect(headers['etag']).toMatch(/^"1-[a-z\d]+"$/);
  const stored = await api.stored(path);
  expect(stored).toHaveProperty('~created');
  await api.store({ ...stored, '~created': '2026-11-29T10:00:00.000Z' });
  const sent = { path, body: { title: 'y' }, headers: { 'if-match': headers['etag'] ?? '' } };
  expect((await api.send('PATCH /posts/{id}', sent)).status).toBe(412);
});
