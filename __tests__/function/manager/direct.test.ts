/** The function `manager`, invoked without its API. */
import { InvocationError, type Running, start } from 'local-run';
import { ROOT } from '../../support/local-run';
import { TABLE } from '../../support/manager';

let run: Running;

beforeAll(async () => {
  run = await start({ folder: ROOT, port: 0 });
});

afterAll(() => run.stop());

function invoke(event: unknown): Promise<unknown> {
  const manager = run.deployments.find(({ stack }) => stack === 'manager');
  return run.invoke(manager?.functions[0]?.name ?? '', event);
}

test('a direct invocation returns the result itself', async () => {
  const Item = { id: '1234ABCD', number: 5 };
  expect(await invoke({ operation: 'ping' })).toBe('pong');
  expect(await invoke({ operation: 'echo', payload: [1, { a: null }] })).toEqual([1, { a: null }]);
  expect(await invoke({ operation: 'create', tableName: TABLE, payload: { Item } })).toEqual({});
  expect(await invoke({ operation: 'read', tableName: TABLE, payload: { Key: { id: Item.id } } })).toEqual({ Item });
  expect(await invoke({ operation: 'read', tableName: TABLE, payload: { Key: { id: 'none' } } })).toEqual({});
});

test.each([
  [null, 400],
  ['text', 400],
  [{ operation: 'ping', requestContext: null, httpMethod: 'x' }, 400],
  [{ operation: 'ping', requestContext: {}, httpMethod: 'x', resource: 'y' }, 400],
  [{ operation: 'read', tableName: TABLE, payload: {} }, 400],
  [{ operation: 'create', tableName: TABLE, payload: { Item: { id: 'a', n: 2 ** 53 } } }, 400],
  [{ operation: 'read', tableName: 'elsewhere', payload: { Key: { id: 'a' } } }, 403],
  [
    {
      operation: 'delete',
      tableName: TABLE,
      payload: { Key: { id: 'a' }, ConditionExpression: 'attribute_exists(id)' },
    },
    409,
  ],
])('a direct invocation with %j fails with a problem of status %i', async (event, status) => {
  const error: unknown = await invoke(event).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InvocationError);
  const { errorType, message, trace } = error as InvocationError;
  expect(errorType).toBe('Problem');
  expect(JSON.parse(message)).toMatchObject({ status, detail: expect.any(String) });
  expect(trace.join()).not.toMatch(/\.js:\d+/);
});

test('the invocation of an unknown function fails with an error that names the functions', async () => {
  await expect(run.invoke('unknown', {})).rejects.toThrow(/^There is no function unknown\. The functions are .*,/);
});
