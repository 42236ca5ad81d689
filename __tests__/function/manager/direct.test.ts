/** Invokes the function `manager` directly. The local Lambda runs its real archive. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundleFunctions } from '../../../constructs/bundle';
import type { Dynamodb } from 'local-run/services/dynamodb/dynamodb';
import { unpack } from 'local-run/services/lambda/archive';
import { HandlerError } from 'local-run/services/lambda/errors';
import { Pool } from 'local-run/services/lambda/pool';
import { startTable } from '../../support/dynamodb';

let dynamodb: Dynamodb;
let pool: Pool;

beforeAll(async () => {
  dynamodb = await startTable('granted');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'manager-'));
  const entry = 'function/manager/index.ts';
  const bundle = (await bundleFunctions([entry])).get(entry);
  if (!bundle) throw new Error(`${entry} was not bundled`);
  const { zip, hash, handler } = bundle;
  const archive = path.join(folder, 'function.zip');
  writeFileSync(archive, zip);
  unpack(archive, hash, path.join(folder, 'task'));
  pool = new Pool(
    {
      name: 'manager',
      arn: 'arn:aws:lambda:us-east-1:000000000000:function:manager',
      roleArn: 'arn:aws:iam::000000000000:role/manager',
      region: 'us-east-1',
      runtime: 'nodejs22.x',
      handler,
      archive,
      archiveHash: hash,
      memoryMb: 256,
      timeoutMs: 10_000,
      environment: { TABLE_NAMES: 'other,granted' },
      logGroup: 'manager',
      logFormat: 'JSON',
      logLevel: 'INFO',
    },
    { taskRoot: path.join(folder, 'task'), dynamodbEndpoint: dynamodb.endpoint, onLog: () => undefined },
  );
});

afterAll(async () => {
  await pool.stop();
  await dynamodb.stop();
});

const invoke = async (event: unknown) => JSON.parse((await pool.invoke(event)).json) as unknown;

test('a direct invocation returns the result itself', async () => {
  const Item = { id: '1234ABCD', number: 5 };
  expect(await invoke({ operation: 'ping' })).toBe('pong');
  expect(await invoke({ operation: 'echo', payload: [1, { a: null }] })).toEqual([1, { a: null }]);
  expect(await invoke({ operation: 'create', tableName: 'granted', payload: { Item } })).toEqual({});
  expect(await invoke({ operation: 'read', tableName: 'granted', payload: { Key: { id: Item.id } } })).toEqual({
    Item,
  });
  expect(await invoke({ operation: 'read', tableName: 'granted', payload: { Key: { id: 'none' } } })).toEqual({});
});

test.each([
  [null, 400],
  ['text', 400],
  [{ operation: 'ping', requestContext: null, httpMethod: 'x' }, 400],
  [{ operation: 'ping', requestContext: {}, httpMethod: 'x', resource: 'y' }, 400],
  [{ operation: 'read', tableName: 'granted', payload: {} }, 400],
  [{ operation: 'create', tableName: 'granted', payload: { Item: { id: 'a', n: 2 ** 53 } } }, 400],
  [{ operation: 'read', tableName: 'elsewhere', payload: { Key: { id: 'a' } } }, 403],
  [
    {
      operation: 'delete',
      tableName: 'granted',
      payload: { Key: { id: 'a' }, ConditionExpression: 'attribute_exists(id)' },
    },
    409,
  ],
])('a direct invocation with %j fails with a problem of status %i', async (event, status) => {
  const error: unknown = await pool.invoke(event).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(HandlerError);
  const { errorType, message, trace } = error as HandlerError;
  expect(errorType).toBe('Problem');
  expect(JSON.parse(message)).toMatchObject({ status, detail: expect.any(String) });
  expect(trace.join()).not.toMatch(/\.js:\d+/);
});
