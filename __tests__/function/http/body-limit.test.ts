/** The maximum size of request bodies. */
import { maxBodyBytes } from '../../../function/http/body-limit';
import { crudService } from '../../../function/crud/service';
import { operationService } from '../../../function/crud/operation-service';
import * as tutorial from '../../../function/crud/tutorial/put';
import type { Api, Route } from '../../../function/contract/api';
import type { Request } from '../../../function/http/serve';
import { startApi, type TestApi } from '../../support/contract/api';
import { items, todos } from '../../support/contract/contracts';
import { operations } from '../../support/contract/operations';

afterEach(() => delete process.env['MAX_BODY_BYTES']);

const bodyOf = (bytes: number) => `{"title":"a"${' '.repeat(bytes - 13)}}`;

describe('an operation', () => {
  let api: TestApi | undefined;
  afterEach(() => api?.stop());

  test('accepts a body of 1,000,000 bytes, and answers 413 to one more byte', async () => {
    api = await startApi(todos, operations);
    expect((await api.send('POST /todos', { body: bodyOf(1_000_000) })).status).toBe(201);
    const { status, json } = await api.send('POST /todos', { body: bodyOf(1_000_001) });
    expect([status, json.detail]).toEqual([413, 'The body has 1000001 bytes. Send at most 1000000.']);
  });

  test('counts bytes of UTF-8, not characters', async () => {
    process.env['MAX_BODY_BYTES'] = '1000';
    api = await startApi(todos, operations);
    expect((await api.send('POST /todos', { body: `{"title":"${'ä'.repeat(600)}"}` })).status).toBe(413);
  });

  test('refuses a large body before it parses it: a body that is not JSON gets a 413 too', async () => {
    process.env['MAX_BODY_BYTES'] = '1000';
    api = await startApi(todos, operations);
    expect((await api.send('POST /todos', { body: '['.repeat(1001) })).status).toBe(413);
    expect((await api.send('POST /todos', { body: '['.repeat(1000) })).status).toBe(400);
  });
});

describe('a handler', () => {
  const api = (body: 'raw' | Api['item']) => {
    const route = { handler: 'store', body, responses: { 204: { description: 'Stored' } } } as const;
    return { ...todos, routes: { 'POST /texts': route } } as unknown as Api;
  };
  const statusOf = async (contract: Api, size: number, options = {}) => {
    process.env['TABLE_NAMES'] = 'todos';
    const handlers = { store: () => ({ status: 204 }) };
    const service = crudService(contract, {} as never, ...([handlers, options] as unknown as []));
    const outcome = await service(requestOf('POST /texts', bodyOf(size))).catch((error: unknown) => error);
    return (outcome as { readonly status: number }).status;
  };

  test.each<['raw' | Api['item']]>([['raw'], [todos.item]])('with the body %j gets no larger body', async (body) => {
    expect(await statusOf(api(body), 1_000_000)).toBe(204);
    expect(await statusOf(api(body), 1_000_001)).toBe(413);
  });

  test('may have another maximum, which the setting replaces', async () => {
    expect(await statusOf(api('raw'), 3_000_000, { maxBodyBytes: Infinity })).toBe(204);
    process.env['MAX_BODY_BYTES'] = '5000';
    expect(await statusOf(api('raw'), 5001, { maxBodyBytes: Infinity })).toBe(413);
  });
});

test('APIs with answers have no maximum, as before the setting existed, unless it is set', async () => {
  process.env['TABLE_NAMES'] = 'items';
  const routes = { 'PUT /items': { operation: 'put' } as Route };
  const failure = (size: number) =>
    operationService(
      { ...items, routes } as never,
      { put: tutorial.put } as never,
    )(requestOf('PUT /items', bodyOf(size))).catch((error: unknown) => error);
  expect(await failure(5_000_000)).toMatchObject({ status: 400 });
  process.env['MAX_BODY_BYTES'] = '5000';
  expect(await failure(5001)).toMatchObject({ status: 413 });
  expect(await failure(5000)).toMatchObject({ status: 400 });
});

test('MAX_BODY_BYTES must be a number', () => {
  expect(maxBodyBytes(7)).toBe(7);
  process.env['MAX_BODY_BYTES'] = '5000';
  expect(maxBodyBytes(7)).toBe(5000);
  process.env['MAX_BODY_BYTES'] = '1 MB';
  expect(() => maxBodyBytes(7)).toThrow(
    'The variable MAX_BODY_BYTES is "1 MB". Set it to a number of bytes, or remove it.',
  );
});

function requestOf(routeKey: string, body: string): Request {
  return { id: 'r', routeKey, urlPath: '/', path: {}, query: {}, headers: {}, claims: {}, body };
}
