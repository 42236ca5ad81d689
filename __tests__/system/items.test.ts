/** System `items` over HTTP: its curl session, and every error of the function and of the gateway. */
import { send, sendJson } from '../support/http';
import { type ItemsRun, startItemsRun } from '../support/items-run';
import { nameOf } from '../support/names';
import { expectProblem } from '../support/problem';

let run: ItemsRun;

beforeAll(async () => {
  run = await startItemsRun();
});

afterAll(() => run.stop());

const item = { id: 'abcdef234', price: 12345, name: 'myitem' };
const put = (body: unknown) => sendJson(run.url, 'PUT', '/items', body);
const get = (path: string) => send(run.url, 'GET', path);

describe('the curl session', () => {
  test('puts, gets, lists and deletes an item', async () => {
    const created = await put(item);
    expect(created).toMatchObject({ status: 200, text: '"Put item abcdef234"' });
    expect(created.headers['content-type']).toBe('application/json');
    expect(await get('/items/abcdef234')).toMatchObject({ status: 200, json: { Item: item } });
    expect(await get('/items')).toMatchObject({ status: 200, json: { Items: [item], Count: 1, ScannedCount: 1 } });
    const deleted = await send(run.url, 'DELETE', '/items/abcdef234');
    expect(deleted).toMatchObject({ status: 200, text: '"Deleted item abcdef234"' });
    expect((await get('/items')).text).toBe('{"Items":[],"Count":0,"ScannedCount":0}');
  });

  test('delete answers the same for an item that does not exist', async () => {
    expect(await send(run.url, 'DELETE', '/items/never-was')).toMatchObject({
      status: 200,
      text: '"Deleted item never-was"',
    });
  });

  test("accepts curl's default content type, and a body without a content type", async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await send(run.url, 'PUT', '/items', { headers, body: JSON.stringify(item) })).status).toBe(200);
    expect((await send(run.url, 'PUT', '/items', { body: JSON.stringify(item) })).status).toBe(200);
    await send(run.url, 'DELETE', '/items/abcdef234');
  });

  test('lists 200 items of 10 KB in several pages', async () => {
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

  test('limit and nextToken work together', async () => {
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
    ['a missing body', undefined, 'body', /is missing/],
    ['a body that is not JSON', '{"id":', 'body', /must be JSON/],
    ['an array', '[]', 'body', /must be a JSON object.*an array/],
    ['null', 'null', 'body', /must be a JSON object.*null/],
    ['a number', '1', 'body', /must be a JSON object.*number 1/],
    ['a duplicate key', '{"id":"a","id":"b","price":1,"name":"x"}', 'body', /Duplicate key/],
    ['an item without a field', '{"id":"a","price":1}', 'name', /is missing; send a string/],
    [
      'a field of the wrong type',
      '{"id":"a","price":"1","name":"x"}',
      'price',
      /must be a number, but was the string "1"/,
    ],
    ['an unknown field', '{"id":"a","price":1,"name":"x","colour":"red"}', 'colour', /known are id, price, name/],
    ['a field __proto__', '{"id":"a","price":1,"name":"x","__proto__":{}}', '__proto__', /is not a known field/],
    [
      'the number 2^53',
      '{"id":"a","price":9007199254740992,"name":"x"}',
      'price',
      /stored exactly, but was 9007199254740992/,
    ],
    ['the number 1e400', '{"id":"a","price":1e400,"name":"x"}', 'price', /1e400/],
    ['the number -0', '{"id":"a","price":-0,"name":"x"}', 'price', /-0/],
    ['an empty id', '{"id":"","price":1,"name":"x"}', 'id', /must not be empty/],
    ['an id longer than 2,048 bytes', `{"id":"${'x'.repeat(2049)}","price":1,"name":"x"}`, 'id', /2048 bytes/],
    ['a lone surrogate in the id', '{"id":"\\ud800","price":1,"name":"x"}', 'id', /lone surrogate/],
    ['a lone surrogate in the name', '{"id":"a","price":1,"name":"\\udfff"}', 'name', /lone surrogate/],
    ['a slash in the id', '{"id":"a/b","price":1,"name":"x"}', 'id', /must not contain \//],
    ['a dot segment as id', '{"id":"..","price":1,"name":"x"}', 'id', /dot segment/],
  ])('refuses %s', async (_, body, path, message) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await send(run.url, 'PUT', '/items', { headers, ...(body !== undefined && { body }) });
    expectProblem(answer, 400);
    expect(answer.json.errors).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  test('refuses a body that is not UTF-8', async () => {
    const body = Buffer.from([0x7b, 0xff, 0x7d]);
    const answer = await send(run.url, 'PUT', '/items', {
      headers: { 'content-type': 'application/octet-stream' },
      body,
    });
    expectProblem(answer, 400);
    expect(answer.json.errors).toEqual([{ path: 'body', message: 'must be UTF-8 text, but is not' }]);
  });

  test('reports all faults of a body together', async () => {
    const answer = await put({ id: '', price: '1', nme: 'x' });
    expectProblem(answer, 400);
    expect((answer.json.errors as { path: string }[]).map(({ path }) => path)).toEqual(['id', 'price', 'name', 'nme']);
  });

  test('counts 100,000 unknown fields, and lists the first 20 faults', async () => {
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
  ])('refuses GET %s', async (path, parameter) => {
    const answer = await get(path);
    expectProblem(answer, 400);
    expect(answer.json.errors).toEqual([{ path: parameter, message: expect.any(String) }]);
  });

  test('refuses an id in the path that is longer than 2,048 bytes', async () => {
    const answer = await get(`/items/${'x'.repeat(2049)}`);
    expectProblem(answer, 400);
    expect(answer.json.errors).toEqual([{ path: 'id', message: expect.stringMatching(/2048 bytes/) }]);
  });

  test('refuses a body of a DELETE', async () => {
    const answer = await sendJson(run.url, 'DELETE', '/items/a', { force: true });
    expectProblem(answer, 400);
    expect(answer.json.errors).toEqual([{ path: 'body', message: expect.stringMatching(/takes no body/) }]);
  });
});

describe('404 and 413', () => {
  test('answers 404 when the item does not exist', async () => {
    const answer = await get('/items/nobody');
    expectProblem(answer, 404);
    expect(answer.json.detail).toBe('There is no item with the id "nobody".');
  });

  test('stores an item of 400 KB, and refuses one more byte with 413', async () => {
    // The size counts names and values. The number 12345 takes 4 bytes.
    const maxName = 409_600 - 'id'.length - 'big'.length - 'price'.length - 4 - 'name'.length;
    const stored = await put({ id: 'big', price: 12345, name: 'x'.repeat(maxName) });
    expect(stored.status).toBe(200);
    expectProblem(await put({ id: 'big', price: 12345, name: 'x'.repeat(maxName + 1) }), 413);
    await send(run.url, 'DELETE', '/items/big');
  });
});

describe('the gateway itself', () => {
  test.each([
    ['POST', '/items'],
    ['GET', '/'],
    ['GET', '/item'],
    ['GET', '/items/'],
    ['GET', '/items/a/b'],
    ['GET', '/items/a%2Fb'],
    ['HEAD', '/items'],
    ['PUT', '/items/a'],
  ])('answers 404 to %s %s', async (method, path) => {
    const answer = await send(run.url, method, path);
    expect(answer.status).toBe(404);
    if (method !== 'HEAD') expect(answer.text).toBe('{"message":"Not Found"}');
  });

  test('answers 400 to a path with an invalid percent-encoding', async () => {
    expect(await get('/items/%')).toMatchObject({ status: 400, text: '{"message":"Bad Request"}' });
    expect(await get('/items/100%25')).toMatchObject({ status: 400 });
  });

  test('answers 413 to a body larger than 10 MB', async () => {
    const body = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    const answer = await send(run.url, 'PUT', '/items', { body });
    expect(answer).toMatchObject({ status: 413, text: '{"message":"Request Entity Too Large"}' });
  });
});

test('logs one line for each request, and the cold start only in the first line of an instance', async () => {
  const cold = await startItemsRun();
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

test('answers the same with one function for each route', async () => {
  const split = await startItemsRun({ settings: { FUNCTION_PER_ROUTE: 'true' } });
  expect((await sendJson(split.url, 'PUT', '/items', item)).text).toBe('"Put item abcdef234"');
  expect((await send(split.url, 'GET', '/items/abcdef234')).json).toEqual({ Item: item });
  expect((await send(split.url, 'GET', '/items')).json).toMatchObject({ Count: 1 });
  expect((await send(split.url, 'DELETE', '/items/abcdef234')).text).toBe('"Deleted item abcdef234"');
  expect(split.outputs['items']?.['function_name']).toMatchObject({
    'GET /items/{id}': nameOf('http-crud-tutorial', 'function-get'),
  });
  await split.stop();
});
