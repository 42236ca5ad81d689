/** The operation `create` against a DynamoDB emulator (dynalite). */
import type { InputError } from '../../../../function/http/problem';
import { startApi, type TestApi } from '../../../support/contract/api';
import { links, notes, orders, readings, todos } from '../../../support/contract/contracts';
import { operations } from '../../../support/contract/operations';

const POST = 'POST /todos';
const GET = 'GET /todos/{id}';

describe('todos', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi(todos, operations);
  });
  beforeEach(() => api.dynamodb.heal());
  afterAll(() => api.stop());

  test('answers 201 with the item, its Location and its ETag', async () => {
    const { status, headers, json } = await api.send(POST, { body: { title: 'Milk' } });
    expect(status).toBe(201);
    expect(json).toEqual({
      title: 'Milk',
      done: false,
      priority: 'normal',
      tags: [],
      id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/),
      updatedAt: json.createdAt,
      version: 1,
    });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      location: `/todos/${json.id}`,
      etag: `"1-${Date.parse(json.createdAt).toString(36)}"`,
    });
    expect((await api.send(GET, { path: { id: json.id } })).json).toEqual(json);
  });

  test('ids of later items sort after ids of earlier items', async () => {
    const ids: string[] = [];
    for (let at = 0; at < 3; at += 1) {
      ids.push((await api.send(POST, { body: { title: 'x' } })).json.id);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect([...ids].sort()).toEqual(ids);
  });

  test('a body with faults is answered with 400 and all its faults', async () => {
    const body = { title: '', due: '2026-13-01', tags: ['a', 'a'], id: 'x', version: 7, other: 1 };
    const { status, headers, json } = await api.send(POST, { body, query: { q: '1' } });
    expect(status).toBe(400);
    expect(headers['content-type']).toBe('application/problem+json');
    const messages = Object.fromEntries((json.errors as InputError[]).map(({ path, message }) => [path, message]));
    expect(messages).toEqual({
      q: 'is not a known query parameter; this route takes none',
      id: 'is set by the server; leave it out',
      version: 'is set by the server; leave it out',
      title: expect.stringContaining('1 to 200 characters'),
      due: expect.stringContaining('date'),
      'tags[1]': expect.stringContaining('tags[0]'),
      other: expect.stringContaining('known are title, done'),
    });
  });

  test.each([
    ['no content type', {}],
    ['application/json', { 'content-type': 'application/json; charset=utf-8' }],
    ['the content type that curl -d sends by default', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('reads a body with %s as JSON', async (_, headers) => {
    expect((await api.send(POST, { body: { title: 'x' }, headers })).status).toBe(201);
  });

  test('Location has the path of the route whose parameters are the key', async () => {
    const { 'GET /todos/{id}': read, ...others } = todos.routes;
    const routes = { 'GET /titles/{title}': read, 'GET /todos/{id}/view': read, ...others };
    const contract = await startApi({ ...todos, routes }, operations);
    const { headers, json } = await contract.send(POST, { body: { title: 'x' } });
    expect(headers['location']).toBe(`/todos/${json.id}/view`);
    await contract.stop();
  });

  test('an unsupported content type is answered with 415 and the accepted type', async () => {
    const { status, headers } = await api.send(POST, { body: '<a/>', headers: { 'content-type': 'application/xml' } });
    expect(status).toBe(415);
    expect(headers).toMatchObject({ accept: 'application/json' });
  });

  test.each([
    [100_000, /100001 faults/],
    [100_001, /at most 100000 values/],
  ])('a body with %i unknown fields is answered with 400', async (count, detail) => {
    const body = `{${Array.from({ length: count }, (_, at) => `"${at.toString(36)}":1`).join()}}`;
    const { status, json } = await api.send(POST, { body });
    expect([status, json.detail]).toEqual([400, expect.stringMatching(detail)]);
  });

  test('a form is answered with 400', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await api.send(POST, { body: 'title=x', headers })).status).toBe(400);
  });

  describe('Idempotency-Key', () => {
    const key = (value: string) => ({ 'idempotency-key': value });

    test('the same key and body are answered with the same item, in its current state', async () => {
      const first = await api.send(POST, { body: { title: 'x' }, headers: key('k1') });
      expect(first.headers).not.toHaveProperty('idempotent-replayed');
      await api.send('PATCH /todos/{id}', { path: { id: first.json.id }, body: { done: true } });
      const second = await api.send(POST, { body: { title: 'x' }, headers: key('"k1"') });
      expect(second.status).toBe(201);
      expect(second.headers).toMatchObject({ 'idempotent-replayed': 'true', location: first.headers['location'] });
      expect(second.json).toMatchObject({ id: first.json.id, done: true, version: 2 });
    });

    test('a body with other spaces, order of fields or defaults written out is the same body', async () => {
      const first = await api.send(POST, { body: '{"title":"x","done":false}', headers: key('k2') });
      const second = await api.send(POST, { body: '{"done":false, "title":"x"}', headers: key('k2') });
      const third = await api.send(POST, { body: '{"title":"x"}', headers: key('k2') });
      expect([second.json.id, third.json.id]).toEqual([first.json.id, first.json.id]);
    });

    test('the same key with another body is answered with 422', async () => {
      await api.send(POST, { body: { title: 'x' }, headers: key('k3') });
      expect((await api.send(POST, { body: { title: 'y' }, headers: key('k3') })).status).toBe(422);
    });

    test('20 concurrent requests create one item', async () => {
      const replies = await Promise.all(
        Array.from({ length: 20 }, () => api.send(POST, { body: { title: 'x' }, headers: key('k4') })),
      );
      expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(201));
      expect(new Set(replies.map(({ json }) => json.id)).size).toBe(1);
      expect(replies.filter(({ headers }) => headers['idempotent-replayed'] === 'true')).toHaveLength(19);
    });

    test('a replay after a delete recreates the item', async () => {
      const first = await api.send(POST, { body: { title: 'x' }, headers: key('k5') });
      await api.send('DELETE /todos/{id}', { path: { id: first.json.id } });
      const second = await api.send(POST, { body: { title: 'x' }, headers: key('k5') });
      expect(second.json.id).toBe(first.json.id);
      expect(second.headers).not.toHaveProperty('idempotent-replayed');
    });

    test.each(['', 'a b', 'ä', '"', 'x'.repeat(256)])(
      'a key that is not 1 to 255 visible characters (%#) is answered with 400',
      async (value) => {
        const { status, json } = await api.send(POST, { body: { title: 'x' }, headers: key(value) });
        expect(status).toBe(400);
        expect(json.errors).toMatchObject([{ path: 'Idempotency-Key' }]);
      },
    );
  });

  test('a retry of the SDK after a lost answer is answered with 201', async () => {
    api.dynamodb.fail('lose the answer', 1);
    const { status, json } = await api.send(POST, { body: { title: 'lost' } });
    expect(status).toBe(201);
    expect(api.dynamodb.calls()).toBe(3);
    expect(json.version).toBe(1);
    expect((await api.send(GET, { path: { id: json.id } })).json).toEqual(json);
  });

  test('an item above 400 KB is answered with 413', async () => {
    const unlimited = await startApi(
      { ...todos, item: { type: 'object', properties: { title: { type: 'string' } } } },
      operations,
    );
    expect((await unlimited.send(POST, { body: { title: 'x'.repeat(410_000) } })).status).toBe(413);
    await unlimited.stop();
  });
});

describe('other keys', () => {
  test('behind a REST API, Location has the stage, and a body with fields of the path is answered with 400', async () => {
    const api = await startApi(orders, operations);
    const path = { customerId: '0190a3c0-0000-7000-8000-000000000001' };
    const lines = [{ sku: 'A-1', price: 19.99 }];
    const { status, headers, json } = await api.send('POST /customers/{customerId}/orders', { path, body: { lines } });
    expect(status).toBe(201);
    expect(json).toMatchObject({ ...path, status: 'open', lines: [{ sku: 'A-1', price: 19.99, gift: false }] });
    expect(headers['location']).toBe(`/prod/customers/${path.customerId}/orders/${json.orderId}`);
    const repeated = await api.send('POST /customers/{customerId}/orders', { path, body: { lines, ...path } });
    expect(repeated.json.errors).toEqual([{ path: 'customerId', message: 'is in the path; leave it out' }]);
    const refused = { path: { customerId: 'nobody' }, body: { lines }, headers: { 'idempotency-key': 'k' } };
    const { json: problem } = await api.send('POST /customers/{customerId}/orders', refused);
    expect((problem.errors as InputError[]).map(({ path: at }) => at)).toEqual(['customerId', 'Idempotency-Key']);
    await api.stop();
  });

  test('a claim of the token is a field of the item; a token without the claim is answered with 403', async () => {
    const api = await startApi(notes, operations);
    const { json, headers } = await api.send('POST /notes', { body: { text: 'x' }, claims: { sub: 'ada' } });
    expect(json).toEqual({ text: 'x', owner: 'ada', noteId: expect.any(String), createdAt: expect.any(String) });
    expect(headers).toMatchObject({ location: `/notes/${json.noteId}` });
    expect(headers).not.toHaveProperty('etag');
    for (const claims of [undefined, {}, { sub: '' }]) {
      expect((await api.send('POST /notes', { body: { text: 'x' }, ...(claims && { claims }) })).status).toBe(403);
    }
    await api.stop();
  });

  test('the key is a random code, and the table has the time of expiry in seconds', async () => {
    const api = await startApi(links, operations);
    const sent = { body: { url: 'https://example.com/' }, headers: { 'idempotency-key': 'k' } };
    const { json } = await api.send('POST /links', sent);
    expect(json.code).toMatch(/^[A-Za-z0-9]{7}$/);
    expect(json.expiresAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
    const expiresAt = Date.parse(json.expiresAt) / 1000;
    expect(expiresAt - Date.parse(json.createdAt) / 1000).toBeCloseTo(3600, -1);
    expect(await api.stored({ code: json.code })).toMatchObject({ expiresAt });
    expect((await api.send('POST /links', sent)).json).toEqual(json);
    await api.stop();
  });

  test('a key that another item has is answered with 409, unless that item has expired', async () => {
    const api = await startApi(readings, operations);
    const body = { sensor: 'a', at: 1.5, value: -3 };
    const { status, headers, json } = await api.send('POST /readings', { body });
    expect([status, headers['location'], json]).toEqual([201, '/sensors/a/readings/1.5', { ...body, seen: 0 }]);
    expect((await api.send('POST /readings', { body })).status).toBe(409);
    await api.store({ ...body, at: 2, until: 1000 });
    const until = '2126-11-29T10:00:00.000Z';
    const { status: recreated, json: item } = await api.send('POST /readings', { body: { ...body, at: 2, until } });
    expect([recreated, item.until]).toEqual([201, until]);
    const replies = [];
    for (const value of [1, 1, 2]) {
      const sent = { body: { ...body, at: 3, value }, headers: { 'idempotency-key': 'k' } };
      replies.push((await api.send('POST /readings', sent)).status);
    }
    expect(replies).toEqual([201, 201, 422]);
    await api.stop();
  });

  test.each([
    ['', /empty/],
    ['a/b', /path of this API cannot carry/],
    ['..', /dot segment/],
    ['\ud800', /surrogate/],
    ['é'.repeat(1100), /2048 bytes/],
  ])('refuses a key that DynamoDB cannot store or a path cannot carry (%#)', async (sensor, message) => {
    const api = await startApi(readings, operations);
    const { status, json } = await api.send('POST /readings', { body: { sensor, at: 1, value: 1 } });
    expect([status, json.errors]).toEqual([400, [{ path: 'sensor', message: expect.stringMatching(message) }]]);
    await api.stop();
  });
});
