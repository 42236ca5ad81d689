/** The operation `replace` against a DynamoDB emulator (dynalite). */
import { startApi, type TestApi } from '../../../support/contract/api';
import { links, notes, orders, todos } from '../../../support/contract/contracts';
import { operations } from '../../../support/contract/operations';

const PUT = 'PUT /todos/{id}';

let api: TestApi;
let count = 0;

beforeAll(async () => {
  api = await startApi(todos, operations);
});
beforeEach(() => api.dynamodb.heal());
afterAll(() => api.stop());

function newId(): string {
  count += 1;
  return `0190a3c0-0000-7000-8000-${String(count).padStart(12, '0')}`;
}

const put = (id: string, headers: Record<string, string> = {}, body: object = { title: 'new' }) =>
  api.send(PUT, { path: { id }, body, headers });

test('creates an absent item: 201 with Location and ETag', async () => {
  const id = newId();
  const { status, headers, json } = await put(id);
  expect([status, headers['location'], json.version]).toEqual([201, `/todos/${id}`, 1]);
  expect(json).toMatchObject({ id, title: 'new', done: false, tags: [], createdAt: json.updatedAt });
  expect((await api.send('GET /todos/{id}', { path: { id } })).json).toEqual(json);
});

test('replaces an item: 200 with the next version, without the fields that were not sent', async () => {
  const id = newId();
  const first = await put(id, {}, { title: 'first', due: '2026-11-29', place: { city: 'Bern' } });
  await new Promise((resolve) => setTimeout(resolve, 2));
  const { status, headers, json } = await put(id);
  expect(status).toBe(200);
  expect(json).toEqual({
    id,
    title: 'new',
    done: false,
    priority: 'normal',
    tags: [],
    createdAt: first.json.createdAt,
    updatedAt: expect.any(String),
    version: 2,
  });
  expect(json.updatedAt > json.createdAt).toBe(true);
  expect(headers['etag']).not.toBe(first.headers['etag']);
});

describe('preconditions', () => {
  test('If-Match with the current ETag replaces; with an old ETag it is answered with 412', async () => {
    const id = newId();
    const { headers } = await put(id);
    const tag = headers['etag'] ?? '';
    expect((await put(id, { 'if-match': `"0-x", ${tag}` })).status).toBe(200);
    expect((await put(id, { 'if-match': tag })).status).toBe(412);
    expect((await put(id, { 'if-match': '*' })).status).toBe(200);
  });

  test('If-Match is answered with 412 for an absent item, and does not create it', async () => {
    const id = newId();
    expect((await put(id, { 'if-match': '*' })).status).toBe(412);
    expect((await put(id, { 'if-match': '"1-m0000000"' })).status).toBe(412);
    expect(await api.stored({ id })).toBeUndefined();
  });

  test('an old ETag of a deleted and recreated item is answered with 412', async () => {
    const id = newId();
    const { headers } = await put(id);
    await api.send('DELETE /todos/{id}', { path: { id } });
    await new Promise((resolve) => setTimeout(resolve, 2));
    expect((await put(id)).json.version).toBe(1);
    expect((await put(id, { 'if-match': headers['etag'] ?? '' })).status).toBe(412);
  });

  test('a weak ETag and an ETag of another API are answered with 412', async () => {
    const id = newId();
    const { headers } = await put(id);
    expect((await put(id, { 'if-match': `W/${headers['etag']}` })).status).toBe(412);
    expect((await put(id, { 'if-match': '"33a64df5"' })).status).toBe(412);
  });

  test('an ETag in a spelling that the API does not use is answered with 412', async () => {
    const id = newId();
    const [version, time] = ((await put(id)).headers['etag'] ?? '').slice(1, -1).split('-');
    for (const tag of [`"${version}"`, `"0${version}-${time}"`, `"${version}-0${time}"`, `"${version}-"`])
      expect([tag, (await put(id, { 'if-match': tag })).status]).toEqual([tag, 412]);
    expect((await put(id, { 'if-match': `,"x", "${version}-${time}" ,` })).status).toBe(200);
  });

  test('an item without a time of creation has an ETag, which does not match the recreated item', async () => {
    const id = newId();
    await api.store({ id, title: 'old', version: 1 });
    const { headers } = await api.send('GET /todos/{id}', { path: { id } });
    expect(headers['etag']).toBe('"1"');
    expect((await put(id, { 'if-match': '"1"' })).status).toBe(200);
    await api.send('DELETE /todos/{id}', { path: { id } });
    await put(id);
    expect((await put(id, { 'if-match': '"1"' })).status).toBe(412);
  });

  test('If-Match with If-None-Match: * is answered with 412, because no item meets both', async () => {
    for (const match of ['*', '"1-m0000000"']) {
      const id = newId();
      expect((await put(id, { 'if-match': match, 'if-none-match': '*' })).status).toBe(412);
      expect(await api.stored({ id })).toBeUndefined();
      await put(id);
      expect((await put(id, { 'if-match': match, 'if-none-match': '*' })).status).toBe(412);
    }
    expect((await put(newId(), { 'if-match': 'x', 'if-none-match': '*' })).status).toBe(400);
  });

  test('If-Match with 20 ETags is accepted, and with more is answered with 400', async () => {
    const id = newId();
    const tags = [(await put(id)).headers['etag'], ...Array.from({ length: 20 }, (_, at) => `"${at + 2}-m0000000"`)];
    expect((await put(id, { 'if-match': tags.slice(0, 20).join(', ') })).status).toBe(200);
    const { status, json } = await put(id, { 'if-match': tags.join(', ') });
    expect([status, json.errors]).toEqual([
      400,
      [{ path: 'If-Match', message: 'must have at most 20 ETags, but has 21' }],
    ]);
  });

  test('If-None-Match: * creates an absent item, and is answered with 412 for an existing item', async () => {
    const id = newId();
    expect((await put(id, { 'if-none-match': '*' })).status).toBe(201);
    expect((await put(id, { 'if-none-match': '*' })).status).toBe(412);
  });

  test.each([
    ['if-match', '1-x'],
    ['if-match', ''],
    ['if-match', ','],
    ['if-match', 'foo*bar'],
    ['if-match', '"1-x"*'],
    ['if-match', '*, "1-x"'],
    ['if-match', '"1-x" "2-x"'],
    ['if-match', '"1-x'],
    ['if-match', 'w/"1-x"'],
    ['if-none-match', '"1-x"'],
    ['if-none-match', 'foo*'],
    ['if-none-match', ''],
  ])('%s: %s is answered with 400', async (name, value) => {
    expect((await put(newId(), { [name]: value })).status).toBe(400);
  });

  test('one of 20 concurrent requests with the same If-Match replaces the item', async () => {
    const id = newId();
    const { headers } = await put(id);
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => put(id, { 'if-match': headers['etag'] ?? '' }, { title: 'race' })),
    );
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(19).fill(412)]);
  });

  test('one of 20 concurrent requests with If-None-Match: * creates the item', async () => {
    const id = newId();
    const replies = await Promise.all(Array.from({ length: 20 }, () => put(id, { 'if-none-match': '*' })));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(412)]);
  });
});

test('20 concurrent requests make 20 versions, and one of them creates the item', async () => {
  const id = newId();
  const replies = await Promise.all(Array.from({ length: 20 }, () => put(id)));
  expect(replies.map(({ status }) => status).sort()).toEqual([...Array<number>(19).fill(200), 201]);
  expect(new Set(replies.map(({ json }) => json.version)).size).toBe(20);
});

test.each([false, true])(
  'a retry of the SDK after a lost answer makes one new version (If-Match: %s)',
  async (match) => {
    const id = newId();
    const { headers } = await put(id);
    api.dynamodb.fail('lose the answer', 1);
    const reply = await put(id, match ? { 'if-match': headers['etag'] ?? '' } : {}, { title: 'lost' });
    expect([reply.status, reply.json.version]).toEqual([200, 2]);
  },
);

test('a replace is answered with 503 after 5 tries to replace and to create the item', async () => {
  api.dynamodb.fail({ status: 400, type: 'ConditionalCheckFailedException' }, undefined, 'UpdateItem');
  const { status, headers } = await put(newId());
  expect([status, headers['retry-after'], api.dynamodb.calls()]).toEqual([503, '1', 5 * 2]);
});

test('a create whose answer is lost is retried by the SDK, and answered with 201 and version 1', async () => {
  api.dynamodb.fail('lose the answer', 1);
  const { status, json } = await put(newId(), { 'if-none-match': '*' });
  expect([status, json.version]).toEqual([201, 1]);
});

test('a route with required preconditions and without creation answers 428, 404 or 412', async () => {
  const rest = await startApi(orders, operations);
  const customer = { customerId: newId() };
  const body = { lines: [{ sku: 'A', price: 1 }] };
  const { json, headers } = await rest.send('POST /customers/{customerId}/orders', { path: customer, body });
  const replaced = (orderId: string, sent: Record<string, string>) =>
    rest.send('PUT /customers/{customerId}/orders/{orderId}', { path: { ...customer, orderId }, body, headers: sent });
  expect((await replaced(json.orderId, {})).status).toBe(428);
  expect((await replaced(json.orderId, { 'If-Match': headers['etag'] ?? '' })).status).toBe(200);
  expect((await replaced(newId(), { 'If-None-Match': '*' })).status).toBe(404);
  expect((await replaced(json.orderId, { 'If-None-Match': '*' })).status).toBe(412);
  expect((await replaced(newId(), { 'If-Match': '*' })).status).toBe(412);
  await rest.stop();
});

test('without a version, items have no ETag, and If-Match accepts only *', async () => {
  const noteApi = await startApi(notes, operations);
  const claims = { sub: 'ada' };
  const sent = { path: { noteId: newId() }, body: { text: 'x' }, claims };
  const created = await noteApi.send('PUT /notes/{noteId}', sent);
  expect([created.status, created.headers['etag'], created.json.owner]).toEqual([201, undefined, 'ada']);
  expect((await noteApi.send('PUT /notes/{noteId}', { ...sent, headers: { 'if-match': '*' } })).status).toBe(200);
  expect((await noteApi.send('PUT /notes/{noteId}', { ...sent, headers: { 'if-match': '"1"' } })).status).toBe(400);
  await noteApi.stop();
});

test('an expired item counts as absent: 201 with a new time of expiry and version 1', async () => {
  const expiring = await startApi(links, operations);
  const old = '2020-01-01T00:00:00.000Z';
  const sent = { path: { code: 'AbCdEf1' }, body: { url: 'https://b.example/' } };
  await expiring.store({
    code: 'AbCdEf1',
    url: 'https://a.example/',
    createdAt: old,
    expiresAt: 1577840400,
    version: 9,
    '~request': 'hashes of the create with an Idempotency-Key',
  });
  expect((await expiring.send('PUT /links/{code}', { ...sent, headers: { 'if-match': '*' } })).status).toBe(412);
  const { status, json } = await expiring.send('PUT /links/{code}', sent);
  expect([status, json.version, json.createdAt > old]).toEqual([201, 1, true]);
  expect(json.expiresAt > new Date().toISOString()).toBe(true);
  expect(await expiring.stored({ code: 'AbCdEf1' })).not.toHaveProperty('~request');
  await expiring.stop();
});
