/** System `manager` over HTTP: its API key, its operations, its refusals, and random requests. */
import fc from 'fast-check';
import { send } from '../support/http';
import { type LocalRun, startLocalRun } from '../support/local-run';
import { PATH, post, TABLE, type Target, targetOf } from '../support/manager';

let run: LocalRun;
let target: Target;

beforeAll(async () => {
  run = await startLocalRun();
  target = targetOf(run);
});

afterAll(() => run.stop());

const call = (operation: string, payload?: unknown, tableName = TABLE) =>
  post(target, { operation, tableName, payload });
const Key = { id: '1234ABCD' };
const Item = { ...Key, number: 5 };

describe('the API key', () => {
  test.each([
    ['without a key', {}],
    ['with a wrong key', { 'x-api-key': 'wrong' }],
    ['with an empty key', { 'x-api-key': '' }],
  ])('a request %s gets 403', async (_, headers) => {
    const answer = await send(target.url, 'POST', PATH, { headers, body: '{"operation":"ping"}' });
    expect(answer).toMatchObject({ status: 403, text: '{"message":"Forbidden"}' });
  });

  test('is generated, and printed only among the outputs', () => {
    expect(target.key).toMatch(/^[\w-]{40}$/);
    expect(run.printed().split(target.key)).toHaveLength(2);
  });

  test('is throttled: more than half of 500 concurrent requests get 429, and none gets a 5xx', async () => {
    const fresh = await startLocalRun();
    const { url, key } = targetOf(fresh);
    const ping = () => send(url, 'POST', PATH, { headers: { 'x-api-key': key }, body: '{"operation":"ping"}' });
    const statuses = (await Promise.all(Array.from({ length: 500 }, ping))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(250);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(20);
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
    await fresh.stop();
  });
});

describe('operations', () => {
  test('creates, reads, updates, lists and deletes an item', async () => {
    expect(await call('create', { Item })).toMatchObject({ status: 200, text: '{}' });
    expect((await call('read', { Key })).json).toEqual({ Item });
    const update = {
      Key,
      UpdateExpression: 'SET #n = #n + :one',
      ExpressionAttributeNames: { '#n': 'number' },
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'ALL_NEW',
    };
    expect((await call('update', update)).json).toEqual({ Attributes: { ...Item, number: 6 } });
    expect((await call('list', {})).json).toEqual({ Items: [{ ...Item, number: 6 }], Count: 1, ScannedCount: 1 });
    expect((await call('list')).json).toMatchObject({ Count: 1 });
    expect((await call('list', { Limit: 1 })).json).toMatchObject({ LastEvaluatedKey: Key });
    expect((await call('delete', { Key })).json).toEqual({});
    expect((await call('read', { Key })).json).toEqual({});
  });

  test('echo returns its payload with exact numbers, and ping returns pong', async () => {
    const payload = { any: ['thing', null, 12345678901234567890n.toString()] };
    expect((await post(target, { operation: 'echo', payload })).json).toEqual(payload);
    expect((await post(target, '{"operation":"echo","payload":12345678901234567890}')).text).toBe(
      '12345678901234567890',
    );
    expect((await post(target, { operation: 'ping' })).text).toBe('"pong"');
  });

  test('answers 409 when a condition fails', async () => {
    const answer = await call('delete', { Key, ConditionExpression: 'attribute_exists(id)' });
    expect(answer).toMatchObject({ status: 409, headers: { 'content-type': 'application/problem+json' } });
  });

  const unusual: object[] = [
    { constructor: 'x' },
    { constructor: { name: 'Set' } },
    { constructor: { name: 'Boolean' }, list: [{ constructor: 1 }] },
    { isLosslessNumber: true, value: '1' },
    { type: 'Buffer', data: [1] },
  ];

  test.each(unusual.map((map) => [map]))('stores the map %j unchanged', async (map) => {
    const item = { id: 'odd', map, constructor: 'top' };
    expect((await call('create', { Item: item })).status).toBe(200);
    expect((await call('read', { Key: { id: 'odd' } })).json).toEqual({ Item: item });
    await call('delete', { Key: { id: 'odd' } });
  });

  test('answers 413 to an echo larger than a response can be', async () => {
    const body = `{"operation":"echo","payload":[${'1e14,'.repeat(500_000)}1]}`;
    expect((await post(target, body)).status).toBe(413);
  });

  test('answers 413 to an item larger than 400 KB', async () => {
    expect((await call('create', { Item: { id: 'big', text: 'x'.repeat(410_000) } })).status).toBe(413);
  });
});

describe('refusals', () => {
  test.each([
    [400, 0],
    [200, 65_535],
    [400, 65_536],
  ])('answers %d to an item with an attribute name of %d bytes', async (status, length) => {
    const item = { id: 'named', ['x'.repeat(length)]: 1 };
    expect((await call('create', { Item: item })).status).toBe(status);
  });

  test.each([7, 4000])('answers 400 to a filter of %d brackets, while other requests are answered', async (length) => {
    const startedAt = performance.now();
    const [filtered, other] = await Promise.all([
      call('list', { FilterExpression: '('.repeat(length) }),
      call('read', { Key: { id: 'none' } }),
    ]);
    expect([filtered.status, other.status]).toEqual([400, 200]);
    // A parser that tries all combinations needs more than 20 s for 7 brackets.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test('answers 403 for a table that the function may not use, and does not name its own table', async () => {
    const answer = await call('read', { Key }, 'product');
    expect(answer).toMatchObject({ status: 403, headers: { 'content-type': 'application/problem+json' } });
    expect(answer.text).not.toContain(TABLE);
  });

  test.each([
    [{ operation: 'drop', tableName: TABLE }, 'operation', /one of create, read, update, delete, list, echo, ping/],
    [{ tableName: TABLE }, 'operation', /but was missing/],
    [{ operation: 'constructor', tableName: TABLE }, 'operation', /must be one of/],
    [{ operation: 'read', payload: { Key } }, 'tableName', /missing/],
    [{ operation: 'read', tableName: 5, payload: { Key } }, 'tableName', /the number 5/],
    [
      { operation: 'read', tableName: TABLE, payload: { Key }, colour: 'red' },
      'colour',
      /known are operation, tableName, payload/,
    ],
    [
      { operation: 'read', tableName: TABLE, payload: { Key, TableName: 'other' } },
      'payload.TableName',
      /is not a parameter of read/,
    ],
    [
      { operation: 'read', tableName: TABLE, payload: { Key, UpdateExpression: 'x' } },
      'payload.UpdateExpression',
      /is not a parameter/,
    ],
    [{ operation: 'read', tableName: TABLE }, 'payload.Key', /is missing/],
    [{ operation: 'read', tableName: TABLE, payload: [] }, 'payload', /an array/],
    [
      { operation: 'read', tableName: TABLE, payload: { Key: 'a' } },
      'payload.Key',
      /must be a object|must be an object/,
    ],
    [{ operation: 'list', tableName: TABLE, payload: { Limit: 1.5 } }, 'payload.Limit', /whole number/],
    [{ operation: 'list', tableName: TABLE, payload: { Limit: 0 } }, 'payload', /was refused/],
    [{ operation: 'create', tableName: TABLE, payload: { Item: {} } }, 'payload', /key/],
    [{ operation: 'read', tableName: TABLE, payload: { Key: { id: 5 } } }, 'payload', /key/],
    [
      { operation: 'update', tableName: TABLE, payload: { Key, UpdateExpression: 'MAKE IT SO' } },
      'payload.UpdateExpression',
      /check its syntax/,
    ],
    [
      { operation: 'create', tableName: TABLE, payload: { Item: { id: 'é'.repeat(1025) } } },
      'payload.Item.id',
      /at most 2048 bytes/,
    ],
    [{ operation: 'read', tableName: TABLE, payload: { Key: { id: '' } } }, 'payload.Key.id', /must not be empty/],
    [
      {
        operation: 'update',
        tableName: TABLE,
        payload: { Key, UpdateExpression: 'SET #a = #a', ExpressionAttributeNames: { '#a': '__proto__' } },
      },
      'payload.ExpressionAttributeNames',
      /__proto__/,
    ],
    [{ operation: 'ping', payload: { a: 1 } }, 'payload', /must be left out/],
    [{ operation: 'echo' }, 'payload', /is missing/],
  ])('answers 400 to %j, with the fault at %s', async (body, path, message) => {
    const answer = await post(target, body);
    expect(answer.status).toBe(400);
    expect(answer.json.errors).toEqual([
      { path: expect.stringContaining(path), message: expect.stringMatching(message) },
    ]);
    expect(answer.text).not.toMatch(/arn:|Exception|validation error/i);
  });

  test.each([
    ['-0', 'payload.Item.n', '{"id":"a","n":-0}'],
    ['2^53', 'payload.Item.list[1]', '{"id":"a","list":[1,9007199254740992]}'],
    ['1e400', 'payload.Item.n', '{"id":"a","n":1e400}'],
    ['__proto__', 'payload.Item.map.__proto__', '{"id":"a","map":{"__proto__":1}}'],
    ['a lone surrogate', 'payload.Item.s', '{"id":"a","s":"\\ud800"}'],
    ['33 levels', 'payload.Item', `{"id":"a","deep":${'['.repeat(33)}${']'.repeat(33)}}`],
  ])('answers 400 to an item that contains %s', async (_, path, item) => {
    const answer = await post(target, `{"operation":"create","tableName":"${TABLE}","payload":{"Item":${item}}}`);
    expect(answer.status).toBe(400);
    expect(answer.json.errors).toMatchObject([{ path }]);
  });
});

describe('random requests', () => {
  test('random JSON gets no 5xx', async () => {
    const anything = fc.oneof(
      fc.json(),
      fc
        .record({
          operation: fc.constantFrom('create', 'read', 'update', 'delete', 'list', 'echo', 'ping'),
          tableName: fc.constantFrom(TABLE, 'x'),
          payload: fc.jsonValue(),
        })
        .map((body) => JSON.stringify(body)),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (body) => {
        expect((await post(target, body)).status).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
  });

  test('random values of known parameters get no 5xx', async () => {
    const payload = fc.dictionary(
      fc.constantFrom(
        'Item',
        'Key',
        'UpdateExpression',
        'ConditionExpression',
        'ExpressionAttributeNames',
        'ExpressionAttributeValues',
        'Limit',
        'FilterExpression',
        'ProjectionExpression',
        'ReturnValues',
        'ExclusiveStartKey',
        'Select',
      ),
      fc.oneof(
        fc.jsonValue({ maxDepth: 3 }),
        fc.record({ id: fc.string() }),
        fc.constantFrom('SET a = :a', '#a', 'attribute_exists(id)', 'ALL_OLD'),
      ),
      { maxKeys: 3 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('create', 'read', 'update', 'delete', 'list'),
        payload,
        async (operation, value) => {
          expect((await call(operation, value)).status).toBeLessThan(500);
        },
      ),
      { numRuns: 250 },
    );
  });

  test('a random item is stored exactly as it was sent, or refused', async () => {
    const value = fc.jsonValue({ maxDepth: 4 });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), value), async (fields) => {
        const item = JSON.parse(JSON.stringify({ ...fields, id: 'any' })) as object;
        const { status } = await call('create', { Item: item });
        expect([200, 400]).toContain(status);
        if (status === 200) expect((await call('read', { Key: { id: 'any' } })).json).toEqual({ Item: item });
      }),
      { numRuns: 100 },
    );
  });
});
