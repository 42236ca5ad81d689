/** The CRUD cases through both gateways: payload format 2.0 (`items`) and 1.0 (`products`). */
import { items } from '../../function/items/contract';
import { products } from '../../function/products/contract';
import { type Answer, send, sendJson } from '../support/http';
import { type LocalRun, startLocalRun } from '../support/local-run';

let run: LocalRun;

beforeAll(async () => {
  run = await startLocalRun();
});

afterAll(() => run.stop());

const systems = [
  {
    stack: items.name,
    collection: '/items',
    put: 'PUT',
    fields: { price: 1.5, name: 'ä "x" \u0000' },
    stored: 'Put item',
    deleted: 'Deleted item',
  },
  {
    stack: products.name,
    collection: '/product',
    put: 'POST',
    fields: { price: 0, title: '', description: '日本\n' },
    stored: 'Added/Updated product',
    deleted: 'Deleted product',
  },
] as const;

describe.each(systems)('$stack', ({ stack, collection, put, fields, stored, deleted }) => {
  const url = () => (run.outputs[stack]?.['url'] as string).replace(/(:\d+).*/, '$1');
  const base = () => new URL(run.outputs[stack]?.['url'] as string).pathname.replace(/\/$/, '') + collection;
  const store = (id: string) => sendJson(url(), put, base(), { id, ...fields });
  const sendTo = (method: string, id: string): Promise<Answer> =>
    send(url(), method, `${base()}/${encodeURIComponent(id)}`);

  test.each(['a', 'a b', 'ä', '日本', '#', '+', 'a;b=c', "'", '\\', 'constructor', '__proto__', 'x'.repeat(2048)])(
    'puts, gets and deletes an item with a special id (case %#)',
    async (id) => {
      expect((await store(id)).json).toBe(`${stored} ${id}`);
      expect((await sendTo('GET', id)).json).toEqual({ Item: { id, ...fields } });
      expect((await sendTo('DELETE', id)).json).toBe(`${deleted} ${id}`);
      expect((await sendTo('GET', id)).status).toBe(404);
    },
  );

  test('lists all items in pages of two', async () => {
    const ids = ['1', '2', '3', '4', '5'];
    await Promise.all(ids.map(store));
    const seen: string[] = [];
    let query = '?limit=2';
    for (;;) {
      const { json } = await send(url(), 'GET', base() + query);
      seen.push(...(json.Items as { id: string }[]).map(({ id }) => id));
      if (json.NextToken === undefined) break;
      query = `?limit=2&nextToken=${json.NextToken}`;
    }
    expect(seen.sort()).toEqual(ids);
    await Promise.all(ids.map((id) => sendTo('DELETE', id)));
  });

  test.each([
    ['a missing body', undefined],
    ['a body that is not JSON', '{'],
    ['an array', '[]'],
    ['an object without fields', '{}'],
    ['a number that is too large', '{"id":"a","price":9007199254740992}'],
  ])('refuses %s with 400', async (_, body) => {
    const answer = await send(url(), put, base(), { ...(body !== undefined && { body }) });
    expect(answer).toMatchObject({ status: 400, headers: { 'content-type': 'application/problem+json' } });
    expect(answer.json.errors).not.toEqual([]);
  });
});
