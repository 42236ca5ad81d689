/** System `items` over HTTP: its curl session and every row of the error table that it can meet. */
import { send, sendJson } from '../support/http';
import { type LocalRun, startLocalRun } from '../support/local-run';
import { expectProblem } from '../support/problem';

let run: LocalRun;

beforeAll(async () => {
  run = await startLocalRun();
});

afterAll(() => run.stop());

const item = { id: 'abcdef234', price: 12345, name: 'myitem' };
const put = (body: unknown) => sendJson(run.url, 'PUT', '/items', body);
const get = (path: string) => send(run.url, 'GET', path);

describe('the curl session', () => {
  test('put, get, list, delete', async () => {
    const created = await put(item);
    expect(created).toMatchObject({ status: 200, text: '"Put item abcdef234"' });
    expect(created.headers['content-type']).toBe('application/json');
    expect(await get('/items/abcdef234')).toMatchObject({ status: 200, json: { Item: item } });
    expect(await get('/items')).toMatchObject({ status: 200, json: { Items: [item], Count: 1, ScannedCount: 1 } });
    const deleted = await send(run.url, 'DELETE', '/items/abcdef234');
    expect(deleted).toMatchObject({ status: 200, text: '"Deleted item abcdef234"' });
    expect((await get('/items')).text).toBe('{"Items":[],"Count":0,"ScannedCount":0}');
  });

  test('delete answers the same when there was nothing', async () => {
    expect(await send(run.url, 'DELETE', '/items/never-was')).toMatchObject({
      status: 200,
      text: '"Deleted item never-was"',
    });
  });

  test("curl's default content type does as well", async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await send(run.url, 'PUT', '/items', { headers, body: JSON.stringify(item) })).status).toBe(200);
    expect((await send(run.url, 'PUT', '/items', { body: JSON.stringify(item) })).status).toBe(200);
    await send(run.url, 'DELETE', '/items/abcdef234');
  });

  test('200 items of 10 KB list completely through NextToken', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `big-${index}`);
    await Promise.all(ids.map((id) => put({ id, price: 1, name: 'x'.repeat(10_000) })));
    const seen: string[] = [];
    let token: string | undefined;
    let pages = 0;
    do {
      const { status, json } = await get(`/items${token === undefined ? '' : `?nextToken=${token}`}`);
      expect(status).toBe(200);
      seen.push(...(json.Items as { id: string }[]).map(({ id }) => id));
      token = json.NextToken;
      pages += 1;
    } while (token !== undefined);
    expect(seen.sort()).toEqual(ids.sort());
    expect(pages).toBeGreaterThan(1);
    await Promise.all(ids.map((id) => send(run.url, 'DELETE', `/items/${id}`)));
  });

  test('limit and nextToken together', async () => {
    await Promise.all(['a', 'b', 'c'].map((id) => put({ ...item, id })));
    const first = await get('/items?limit=2');
    expect(first.json).toMatchObject({ Count: 2, ScannedCount: 2, NextToken: expect.any(String) });
    const second = await get(`/items?limit=2&nextToken=${first.json.NextToken}`);
    expect(second.json).toMatchObject({ Count: 1 });
    expect(second.json).not.toHaveProperty('NextToken');
    await Promise.all(['a', 'b', 'c'].map((id) => send(run.url, 'DELETE', `/items/${id}`)));
  });
});

describe('400', () => {
  test.each([
    ['no body', undefined, 'body', /is missing/],
    ['no JSON', '{"id":', 'body', /must be JSON/],
    ['an array', '[]', 'body', /must be a JSON object.*an array/],
    ['null', 'null', 'body', /must be a JSON object.*null/],
    ['a number', '1', 'body', /must be a JSON object.*number 1/],
    ['a key twice', '{"id":"a","id":"b","price":1,"name":"x"}', 'body', /Duplicate key/],
    ['a field missing', '{"id":"a","price":1}', 'name', /is missing; send a string/],
    [
      'a field of the wrong type',
      '{"id":"a","price":"1","name":"x"}',
      'price',
      /must be a number, but was the string "1"/,
    ],
    ['an unknown field', '{"id":"a","price":1,"name":"x","colour":"red"}', 'colour', /known are id, price, name/],
    ['__proto__', '{"id":"a","price":1,"name":"x","__proto__":{}}', '__proto__', /is not a known field/],
    ['2^53', '{"id":"a","price":9007199254740992,"name":"x"}', 'price', /stored exactly, but was 9007199254740992/],
    ['1e400', '{"id":"a","price":1e400,"name":"x"}', 'price', /1e400/],
    ['-0', '{"id":"a","price":-0,"name":"x"}', 'price', /-0/],
    ['an empty id', '{"id":"","price":1,"name":"x"}', 'id', /must not be empty/],
    ['an id too long', `{"id":"${'x'.repeat(2049)}","price":1,"name":"x"}`, 'id', /2048 bytes/],
    ['a lone surrogate', '{"id":"\\ud800","price":1,"name":"x"}', 'id', /lone surrogate/],
    ['one in the name', '{"id":"a","price":1,"name":"\\udfff"}', 'name', /lone surrogate/],
    ['a slash in the id', '{"id":"a/b","price":1,"name":"x"}', 'id', /must not contain \//],
    ['a dot segment as id', '{"id":"..","price":1,"name":"x"}', 'id', /dot segment/],
  ])('%s', async (_, body, path, message) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await send(run.url, 'PUT', '/items', { headers, ...(body !== undefined && { body }) });
    expectProblem(answer, 400);
    expect(answer.json.errors).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  test('a body that is no UTF-8', async () => {
    const body = Buffer.from([0x7b, 0xff, 0x7d]);
    const answer = await send(run.url, 'PUT', '/items', {
      headers: { 'content-type': 'application/octet-stream' },
      body,
    });
    expectProblem(answer, 400);
    expect(answer.json.errors).toEqual([{ path: 'body', message: 'must be UTF-8 text, but is not' }]);
  });

  test('all faults at once', async () => {
    const answer = await put({ id: '', price: '1', nme: 'x' });
    expectProblem(answer, 400);
    expect((answer.json.errors as { path: string }[]).map(({ path }) => path)).toEqual(['id', 'price', 'name', 'nme']);
  });

  test('a hundred thousand unknown fields are counted, not listed', async () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`field-${index}`, 1]));
    const answer = await put(many);
    expectProblem(answer, 400);
    expect(answer.json.errors).toHaveLength(20);
    expect(answer.json.detail).toMatch(/100003 faults/);
  });

  test.each([
    ['/items?limit=0', 'limit'],
    ['/items?limit=1001', 'limit'],
    ['/items?limit=-1', 'limit'],
    ['/items?limit=1.5', 'limit'],
    ['/items?limit=', 'limit'],
    ['/items?limit=ten', 'limit'],
    ['/items?limit=1&limit=2', 'limit'],
    ['/items?nextToken=', 'nextToken'],
    ['/items?nextToken=abc', 'nextToken'],
    ['/items?nextToken=%00', 'nextToken'],
    ['/items?size=10', 'size'],
    ['/items/a?limit=1', 'limit'],
  ])('GET %s', async (path, parameter) => {
    const answer = await get(path);
    expectProblem(answer, 400);
    expect(answer.json.errors).toEqual([{ path: parameter, message: expect.any(String) }]);
  });

  test('an id in the path that is too long', async () => {
    const answer = await get(`/items/${'x'.repeat(2049)}`);
    expectProblem(answer, 400);
    expect(answer.json.errors).toEqual([{ path: 'id', message: expect.stringMatching(/2048 bytes/) }]);
  });

  test('a body where none belongs', async () => {
    const answer = await sendJson(run.url, 'DELETE', '/items/a', { force: true });
    expectProblem(answer, 400);
    expect(answer.json.errors).toEqual([{ path: 'body', message: expect.stringMatching(/takes no body/) }]);
  });
});

describe('404 and 413', () => {
  test('no such item', async () => {
    const answer = await get('/items/nobody');
    expectProblem(answer, 404);
    expect(answer.json.detail).toBe('There is no item with the id "nobody".');
  });

  test('an item of 400 KB is stored, one byte more is not', async () => {
    // Names and values count: id + 3, price + 2 (12345), name + n.
    const most = 409_600 - 'id'.length - 'big'.length - 'price'.length - 4 - 'name'.length;
    const stored = await put({ id: 'big', price: 12345, name: 'x'.repeat(most) });
    expect(stored.status).toBe(200);
    expectProblem(await put({ id: 'big', price: 12345, name: 'x'.repeat(most + 1) }), 413);
    await send(run.url, 'DELETE', '/items/big');
  });
});

describe('what the gateway answers itself', () => {
  test.each([
    ['POST', '/items'],
    ['GET', '/'],
    ['GET', '/item'],
    ['GET', '/items/'],
    ['GET', '/items/a/b'],
    ['GET', '/items/a%2Fb'],
    ['HEAD', '/items'],
    ['PUT', '/items/a'],
  ])('%s %s: 404', async (method, path) => {
    const answer = await send(run.url, method, path);
    expect(answer.status).toBe(404);
    if (method !== 'HEAD') expect(answer.text).toBe('{"message":"Not Found"}');
  });

  test('a path that is no path: 400', async () => {
    expect(await get('/items/%')).toMatchObject({ status: 400, text: '{"message":"Bad Request"}' });
    expect(await get('/items/100%25')).toMatchObject({ status: 400 });
  });

  test('a body above 10 MB: 413', async () => {
    const body = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    const answer = await send(run.url, 'PUT', '/items', { body });
    expect(answer).toMatchObject({ status: 413, text: '{"message":"Request Entity Too Large"}' });
  });
});

test('one log line a request, with the cold start on the first of an instance alone', async () => {
  const cold = await startLocalRun();
  for (const path of ['/items', '/items/nobody']) await send(cold.url, 'GET', path);
  await cold.prints(/"route":"GET \/items\/\{id\}"/);
  const lines = cold
    .printed()
    .split('\n')
    .filter((line) => line.includes('"function_request_id"'))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))) as Record<string, unknown>);
  expect(lines).toMatchObject([
    { level: 'INFO', route: 'GET /items', status: 200, cold_start: true },
    { level: 'INFO', route: 'GET /items/{id}', status: 404, cold_start: false },
  ]);
  await cold.stop();
});

test('a function per route answers the same', async () => {
  const split = await startLocalRun({ settings: { FUNCTION_PER_ROUTE: 'true' } });
  expect((await sendJson(split.url, 'PUT', '/items', item)).text).toBe('"Put item abcdef234"');
  expect((await send(split.url, 'GET', '/items/abcdef234')).json).toEqual({ Item: item });
  expect((await send(split.url, 'GET', '/items')).json).toMatchObject({ Count: 1 });
  expect((await send(split.url, 'DELETE', '/items/abcdef234')).text).toBe('"Deleted item abcdef234"');
  expect(split.outputs['items']?.['function_name']).toMatchObject({
    'GET /items/{id}': 'http-crud-tutorial-function-get',
  });
  await split.stop();
});
