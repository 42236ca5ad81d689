/** System `products` over HTTP: its curl session, and the differences of a REST API. */
import { send, sendJson } from '../support/http';
import { type LocalRun, startLocalRun } from '../support/local-run';

let run: LocalRun;
let url: string;

beforeAll(async () => {
  run = await startLocalRun();
  url = (run.outputs['products']?.['url'] as string).replace(/\/prod$/, '');
});

afterAll(() => run.stop());

const product = { id: '1', title: 'IPhone', description: 'This is an IPhone', price: 900 };

test('the curl session gets the documented answers', async () => {
  expect(await sendJson(url, 'POST', '/prod/product', product)).toMatchObject({
    status: 200,
    text: '"Added/Updated product 1"',
  });
  expect(await sendJson(url, 'PUT', '/prod/product', product)).toMatchObject({
    status: 200,
    text: '"Added/Updated product 1"',
  });
  expect((await send(url, 'GET', '/prod/product/1')).json).toEqual({ Item: product });
  expect((await send(url, 'GET', '/prod/product')).json).toEqual({ Items: [product], Count: 1, ScannedCount: 1 });
  expect(await send(url, 'DELETE', '/prod/product/1')).toMatchObject({ status: 200, text: '"Deleted product 1"' });
  expect(await send(url, 'GET', '/prod/product/1')).toMatchObject({ status: 404 });
});

test.each(['a/b', 'a?b', '100%', 'a%41', 'ä b', '日本', '#'])(
  'stores, reads and deletes an item with the id %s, encoded in the path',
  async (id) => {
    expect((await sendJson(url, 'POST', '/prod/product', { ...product, id })).status).toBe(200);
    expect((await send(url, 'GET', `/prod/product/${encodeURIComponent(id)}`)).json).toEqual({
      Item: { ...product, id },
    });
    expect((await send(url, 'DELETE', `/prod/product/${encodeURIComponent(id)}`)).text).toBe(
      JSON.stringify(`Deleted product ${id}`),
    );
  },
);

test('answers 400 with a problem, whose requestId equals the header x-amzn-requestid', async () => {
  const answer = await sendJson(url, 'PUT', '/prod/product', { ...product, price: '900', name: 'x' });
  expect(answer).toMatchObject({ status: 400, headers: { 'content-type': 'application/problem+json' } });
  expect((answer.json.errors as { path: string }[]).map(({ path }) => path)).toEqual(['price', 'name']);
  expect(answer.headers['x-amzn-requestid']).toBe(answer.json.requestId);
  expect((await send(url, 'GET', '/prod/product?limit=1&limit=2')).json.errors).toMatchObject([{ path: 'limit' }]);
  expect((await send(url, 'GET', '/prod/product/%FF')).json.errors).toMatchObject([{ path: 'id' }]);
});

test.each(['/product', '/', '/other/product'])(
  'answers 403 Forbidden to GET %s, because the stage does not exist',
  async (path) => {
    const answer = await send(url, 'GET', path);
    expect(answer).toMatchObject({ status: 403, text: '{"message":"Forbidden"}' });
    expect(answer.headers['x-amzn-errortype']).toBe('ForbiddenException');
  },
);

test.each([
  ['GET', '/prod'],
  ['GET', '/prod/nowhere'],
  ['PATCH', '/prod/product'],
  ['GET', '/prod/product/a/b'],
])('answers 403 Missing Authentication Token to %s %s, because the method does not exist', async (method, path) => {
  const answer = await send(url, method, path);
  expect(answer).toMatchObject({ status: 403, text: '{"message":"Missing Authentication Token"}' });
  expect(answer.headers['x-amzn-errortype']).toBe('MissingAuthenticationTokenException');
});

test('with requestValidation, the gateway itself refuses a body that does not match the schema', async () => {
  const strict = await startLocalRun({ settings: { REQUEST_VALIDATION: 'true' } });
  const base = (strict.outputs['products']?.['url'] as string).replace(/\/prod$/, '');
  expect(await sendJson(base, 'POST', '/prod/product', { id: '1' })).toMatchObject({
    status: 400,
    text: '{"message":"Invalid request body"}',
  });
  expect(await sendJson(base, 'POST', '/prod/product', product)).toMatchObject({ status: 200 });
  await strict.stop();
});
