/** The operation `update` against a DynamoDB emulator (dynalite). */
import { startApi, type TestApi } from '../../../support/contract/api';
import { links, orders, todos } from '../../../support/contract/contracts';
import { operations } from '../../../support/contract/operations';

const PATCH = 'PATCH /todos/{id}';

let api: TestApi;
let path: { readonly id: string };
let etag: string;

beforeAll(async () => {
  api = await startApi(todos, operations);
});
beforeEach(async () => {
  api.dynamodb.heal();
  const body = { title: 'Milk', due: '2026-11-29', place: { city: 'Bern', street: 'Gasse' } };
  const { json, headers } = await api.send('POST /todos', { body });
  path = { id: json.id };
  etag = headers['etag'] ?? '';
});
afterAll(() => api.stop());

const patch = (body: unknown, headers: Record<string, string> = {}) => api.send(PATCH, { path, body, headers });

test('changes the fields that were sent, and answers 200 with the whole item and a new ETag', async () => {
  const { status, headers, json } = await patch({ done: true, tags: ['a'] });
  expect(status).toBe(200);
  expect(json).toMatchObject({ title: 'Milk', due: '2026-11-29', done: true, tags: ['a'], version: 2 });
  expect(headers['etag']).not.toBe(etag);
  expect((await api.send('GET /todos/{id}', { path })).json).toEqual(json);
});

test('null removes a field, or resets it to its default', async () => {
  await patch({ done: true });
  const { json } = await patch({ due: null, done: null, place: null });
  expect(json).toMatchObject({ done: false });
  expect(json).not.toHaveProperty('due');
  expect(json).not.toHaveProperty('place');
});

test('null resets an object to its default with the defaults of its fields, and does not change the contract', async () => {
  const country = { type: 'string', maxLength: 2, default: 'CH' } as const;
  const address = { type: 'object', properties: { country }, default: {} } as const;
  const item = { ...todos.item, properties: { ...todos.item.properties, address } };
  const contract = { ...todos, item };
  const addressApi = await startApi(contract, operations);
  const { json } = await addressApi.send('POST /todos', { body: { title: 'x', address: { country: 'DE' } } });
  const reset = await addressApi.send(PATCH, { path: { id: json.id }, body: { address: null } });
  expect(reset.json.address).toEqual({ country: 'CH' });
  expect(contract.item.properties.address.default).toEqual({});
  await addressApi.stop();
});

test('an object is merged with the object in the item (RFC 7396)', async () => {
  expect((await patch({ place: { street: null, floor: 2 } })).json.place).toEqual({ city: 'Bern', floor: 2 });
  await patch({ place: null });
  expect((await patch({ place: { city: 'Chur', street: null } })).json.place).toEqual({ city: 'Chur' });
});

test('an empty patch changes nothing, not even the version', async () => {
  expect(await patch({})).toMatchObject({ status: 200, headers: { etag }, json: { version: 1 } });
});

test.each([
  [{ title: null }, 'title', /required/],
  [{ title: '' }, 'title', /1 to 200 characters/],
  [{ other: null }, 'other', /not a known field/],
  [{ id: 'x' }, 'id', /in the path/],
  [{ version: 1 }, 'version', /set by the server/],
  [{ place: { city: null } }, 'place.city', /required/],
  [{ place: { floor: 'x' } }, 'place.floor', /whole number/],
  [{ place: { country: 'CH' } }, 'place.country', /not a known field/],
  ['{"__proto__":{"a":1}}', '__proto__', /not a known field/],
  ['{"place":{"__proto__":{"a":1}}}', 'place.__proto__', /not a known field/],
  [[], 'body', /JSON object/],
  [undefined, 'body', /missing/],
])('%j is answered with 400', async (body, at, message) => {
  const { status, json } = await patch(body);
  expect([status, json.errors]).toEqual([400, [{ path: at, message: expect.stringMatching(message) }]]);
});

test.each([
  undefined,
  'application/merge-patch+json',
  'application/json',
  'Application/JSON; charset=utf-8',
  'application/x-www-form-urlencoded',
])('accepts the content type %s', async (type) => {
  expect((await patch({ done: true }, type === undefined ? {} : { 'content-type': type })).status).toBe(200);
});

test.each(['application/json-patch+json', 'text/plain'])('%s is answered with 415 and Accept-Patch', async (type) => {
  const { status, headers } = await patch('[]', { 'content-type': type });
  expect([status, headers['accept-patch']]).toEqual([415, 'application/merge-patch+json']);
});

describe.each([
  ['of fields', { done: true }],
  ['of an object', { place: { floor: 1 } }],
])('preconditions of a patch %s', (_, body) => {
  test('If-Match with the current ETag changes the item; with an old ETag it is answered with 412', async () => {
    expect((await patch(body, { 'if-match': etag })).status).toBe(200);
    expect((await patch(body, { 'if-match': etag })).status).toBe(412);
    expect((await patch(body, { 'if-match': '*' })).status).toBe(200);
  });

  test('an ETag without the time of creation is answered with 412, also for an empty patch', async () => {
    const tag = `${etag.split('-')[0]}"`;
    for (const changes of [body, {}]) expect((await patch(changes, { 'if-match': tag })).status).toBe(412);
  });

  test('If-None-Match: * is answered with 412', async () => {
    expect((await patch(body, { 'if-none-match': '*' })).status).toBe(412);
  });

  test('an absent item is answered with 404, with If-Match 412, and is not created', async () => {
    await api.send('DELETE /todos/{id}', { path });
    expect((await patch(body)).status).toBe(404);
    expect((await patch(body, { 'if-none-match': '*' })).status).toBe(404);
    expect((await patch(body, { 'if-match': '*' })).status).toBe(412);
    expect((await patch(body, { 'if-match': etag })).status).toBe(412);
    expect(await api.stored(path)).toBeUndefined();
  });

  test('one of 20 concurrent requests with the same If-Match changes the item', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => patch(body, { 'if-match': etag })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(412)]);
  });

  test('a retry of the SDK after a lost answer makes one new version', async () => {
    api.dynamodb.fail('lose the answer', 1, 'UpdateItem');
    const { status, json } = await patch(body);
    expect([status, json.version]).toEqual([200, 2]);
  });
});

/** Sends 20 patches of `place` at the same time: of one nested field, or of three in turn. */
const patchPlaces = (isOneField: boolean) =>
  Promise.all(
    Array.from({ length: 20 }, (_, at) => {
      const places = [{ floor: at }, { street: `s${at}` }, { city: `c${at}` }];
      return patch({ place: places[isOneField ? 0 : at % 3] });
    }),
  );

describe.each([
  ['one nested field', true],
  ['different nested fields', false],
])('20 concurrent patches of %s', (_, isOneField) => {
  test('all succeed with one DynamoDB call each, and no patch is lost', async () => {
    const replies = await patchPlaces(isOneField);
    expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(api.dynamodb.calls()).toBe(1 + 20);
    const { json } = await api.send('GET /todos/{id}', { path });
    expect(json.version).toBe(21);
    const [city, street] = isOneField
      ? ['Bern', 'Gasse']
      : [/^c\d+$/, /^s\d+$/].map((text) => expect.stringMatching(text) as string);
    expect(json.place).toEqual({ city, street, floor: expect.any(Number) });
  });

  test('all succeed on an item without the object', async () => {
    await patch({ place: null });
    const create = { place: { city: 'Chur' } };
    const replies = await Promise.all(Array.from({ length: 20 }, () => patch(create)));
    expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(200));
  });
});

test('a patch of an object that the item lacks needs all required fields of the object', async () => {
  await patch({ place: null });
  const { status, json } = await patch({ place: { floor: 1 } });
  expect([status, json.errors]).toEqual([400, [{ path: 'place.city', message: expect.stringMatching(/missing/) }]]);
});

test('a patch of nested fields leaves all other fields unchanged, at any depth', async () => {
  const size = {
    type: 'object',
    properties: { 'max.w': { type: 'integer' }, h: { type: 'integer', default: 1 } },
  } as const;
  const box = { type: 'object', properties: { size, name: { type: 'string' }, kept: { type: 'string' } } } as const;
  const item = { ...todos.item, properties: { ...todos.item.properties, box } };
  const boxes = await startApi({ ...todos, item }, operations);
  const sent = { title: 'x', box: { size: { 'max.w': 1, h: 2 }, name: 'a', kept: 'b' } };
  const created = await boxes.send('POST /todos', { body: sent });
  const sentPath = { id: created.json.id as string };
  const body = { title: 'y', box: { size: { 'max.w': 9, h: null }, name: null } };
  const { status, json } = await boxes.send(PATCH, { path: sentPath, body });
  expect([status, json.title, json.box]).toEqual([200, 'y', { size: { 'max.w': 9, h: 1 }, kept: 'b' }]);
  expect((await boxes.send(PATCH, { path: sentPath, body: { box: { size: null } } })).json.box).toEqual({ kept: 'b' });
  expect((await boxes.send(PATCH, { path: sentPath, body: { box: { size: { h: 3 } } } })).json.box).toEqual({
    size: { h: 3 },
    kept: 'b',
  });
  await boxes.stop();
});

test('20 concurrent patches of fields all succeed', async () => {
  const replies = await Promise.all(Array.from({ length: 20 }, (_, at) => patch({ title: `t${at}` })));
  expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(new Set(replies.map(({ json }) => json.version)).size).toBe(20);
});

test('an item that was stored before the contract had a version can be changed', async () => {
  const key = { id: '0190a3c0-0000-7000-8000-000000000001' };
  await api.store({ ...key, title: 'old', place: { city: 'Bern' } });
  const first = await api.send('GET /todos/{id}', { path: key });
  const headers = { 'if-match': first.headers['etag'] ?? '' };
  const { status, json } = await api.send(PATCH, { path: key, body: { place: { floor: 1 } }, headers });
  expect([status, json.version]).toEqual([200, 1]);
});

test('a patch of an object is answered with 503 immediately after the last of 7 tries', async () => {
  api.dynamodb.fail({ status: 400, type: 'ConditionalCheckFailedException' }, undefined, 'UpdateItem');
  // The delays are then 20, 40, ... 640 ms: 1,260 ms in total.
  const random = jest.spyOn(Math, 'random').mockReturnValue(1);
  const start = performance.now();
  const { status, headers } = await patch({ place: { floor: 1 } });
  random.mockRestore();
  expect([status, headers['retry-after'], api.dynamodb.calls()]).toEqual([503, '1', 7 * 3]);
  expect(performance.now() - start).toBeLessThan(2400);
});

test('a route with a required precondition answers 428 without one', async () => {
  const rest = await startApi(orders, operations);
  const keys = { customerId: path.id, orderId: path.id };
  const { status } = await rest.send('PATCH /customers/{customerId}/orders/{orderId}', { path: keys, body: {} });
  expect(status).toBe(428);
  await rest.stop();
});

test('an expired item is answered with 404', async () => {
  const expiring = await startApi(links, operations);
  await expiring.store({ code: 'AbCdEf1', url: 'https://a.example/', expiresAt: 1000, version: 1 });
  const sent = { path: { code: 'AbCdEf1' }, body: { url: 'https://b.example/' } };
  expect((await expiring.send('PATCH /links/{code}', sent)).status).toBe(404);
  await expiring.stop();
});

const integer = { type: 'integer' } as const;

test.each([
  ['nested fields for one update', 199, integer, 2],
  ['objects for one condition', 81, { type: 'object', properties: { x: integer } } as const, { x: 2 }],
])('a patch with too many %s is merged', async (_, count, field, value) => {
  const names = Array.from({ length: count }, (__, at) => `n${at}`);
  const wide = {
    type: 'object',
    properties: { ...Object.fromEntries(names.map((name) => [name, field])), first: integer },
  } as const;
  const item = { ...todos.item, properties: { ...todos.item.properties, wide } };
  const contract = await startApi({ ...todos, item }, operations);
  const values = Object.fromEntries(names.map((name) => [name, value]));
  const created = await contract.send('POST /todos', { body: { title: 'x', wide: { ...values, first: 1 } } });
  contract.dynamodb.heal();
  const { json } = await contract.send(PATCH, { path: { id: created.json.id }, body: { wide: values } });
  expect(json.wide).toEqual({ first: 1, ...values });
  expect(contract.dynamodb.calls()).toBe(2);
  await contract.stop();
});
