/** Writes of handlers: each field must fit the contract. The table is in a DynamoDB emulator (dynalite). */
import { defineApi } from '../../../function/contract/api';
import type { HandlersOf } from '../../../function/crud/service';
import { startApi, type TestApi } from '../../support/contract/api';

const stocks = defineApi({
  name: 'stocks',
  gateway: 'http-api',
  key: 'sku',
  item: {
    type: 'object',
    required: ['sku', 'price'],
    properties: {
      sku: { type: 'string', minLength: 1, maxLength: 20 },
      price: { type: 'number', minimum: 0 },
      stock: { type: 'integer', default: 0 },
      level: { type: 'number', enum: [1, 2] },
      weight: { type: ['number', 'null'] },
      note: { type: 'string', maxLength: 20 },
      until: { type: 'string', format: 'date-time' },
    },
  },
  managed: { createdAt: 'createdAt', updatedAt: 'updatedAt', version: 'version', views: 'counter', tag: { random: 3 } },
  ttl: 'until',
  routes: {
    'POST /run': {
      handler: 'run',
      table: ['put', 'update', 'get'],
      body: 'raw',
      responses: { 200: { description: 'Done' } },
    },
  },
});

type Run = HandlersOf<typeof stocks>['run'];
type Table = Parameters<Run>[1];

let api: TestApi;
let work: (table: Table) => Promise<unknown>;

/** Sends a request whose handler runs the steps. @returns the answer, and the message of the error that the steps threw */
async function runHandler(steps: (table: Table) => Promise<unknown>) {
  let error: unknown;
  work = async (table) => {
    try {
      return await steps(table);
    } catch (thrown) {
      error = thrown;
      throw thrown;
    }
  };
  const { status, json } = await api.send('POST /run');
  return { status, json, message: (error as Error | undefined)?.message };
}

beforeAll(async () => {
  const run: Run = async (_, table) => ({ status: 200, body: await work(table) });
  api = await startApi(stocks, {}, { run });
});
afterAll(() => api.stop());

const key = { sku: 'a' };

test('a put and an update store fields that fit, managed ones too', async () => {
  const { json } = await runHandler((table) => table.put({ sku: 'a', price: 1, note: 'x', tag: 'abc' }));
  expect(json).toMatchObject({ sku: 'a', stock: 0, tag: 'abc', version: 1, views: 0 });
  const [until, createdAt] = ['2099-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'];
  const changed = await runHandler((table) =>
    table.update(key, { set: { price: 2, until, views: 5, createdAt }, remove: ['note'], add: { stock: -3 } }),
  );
  expect(changed.json).toMatchObject({ price: 2, until, views: 5, createdAt, stock: -3, version: 2 });
  expect(changed.json).not.toHaveProperty('note');
  expect(await api.stored(key)).toMatchObject({ until: Date.parse(until) / 1000 });
});

test.each<[string, object, string]>([
  ['an unknown field', { sku: 'b', price: 1, zzz: 7 }, 'zzz is not a known field'],
  ['a hidden attribute', { sku: 'b', price: 1, '~by': 'x' }, '~by is not a known field'],
  ['a value that does not fit', { sku: 'b', price: -1 }, 'price must be a number of at least 0'],
  ['a managed field that does not fit', { sku: 'b', price: 1, views: 'x' }, 'views must be a whole number'],
  ['a random code of another length', { sku: 'b', price: 1, tag: 'abcd' }, 'tag must be a string'],
  ['a missing required field', { sku: 'b' }, 'price is missing'],
  ['a key that DynamoDB refuses', { sku: '', price: 1 }, 'sku must be a string'],
])('a put with %s throws, and stores nothing', async (_, item, message) => {
  const { status, message: thrown } = await runHandler((table) => table.put(item as { sku: string; price: number }));
  expect([status, thrown]).toEqual([500, expect.stringContaining(message)]);
  expect(await api.stored({ sku: 'b' })).toBeUndefined();
});

type Changes = Parameters<Table['update']>[1];

test.each<[string, object, string]>([
  ['sets an unknown field', { set: { zzz: 7 } }, 'zzz is not a known field'],
  ['sets a hidden attribute', { set: { '~by': 'x' } }, '~by is not a known field'],
  ['sets the key', { set: { sku: 'b' } }, 'sku is not a known field'],
  ['sets the version', { set: { version: 9 } }, 'version is not a known field'],
  ['sets the time of the write', { set: { updatedAt: '2026-01-01T00:00:00Z' } }, 'updatedAt is not a known field'],
  [
    'sets a time without milliseconds',
    { set: { createdAt: '2026-01-01T00:00:00Z' } },
    'createdAt must be a date and time',
  ],
  ['sets a time before 1970', { set: { createdAt: '1969-01-01T00:00:00.000Z' } }, 'createdAt must be a date and time'],
  ['sets a value that does not fit', { set: { views: 0.5 } }, 'views must be a whole number'],
  ['adds a fraction to an integer', { add: { stock: 0.5 } }, 'stock must be a whole number'],
  ['adds to a string', { add: { note: 1 } }, 'note is not a known field'],
  ['adds to a nullable number', { add: { weight: 1 } }, 'weight is not a known field'],
  ['adds to a number with allowed values', { add: { level: 1 } }, 'level is not a known field'],
  ['adds a string to a number', { add: { stock: '1' } }, 'stock must be a whole number'],
  ['adds to the version', { add: { version: 1 } }, 'version is not a known field'],
  [
    'removes a required field',
    { remove: ['price'] },
    'price cannot be removed (removable fields: level, weight, note, until)',
  ],
  ['removes a field with a default', { remove: ['stock'] }, 'stock cannot be removed'],
  ['removes the key', { remove: ['sku'] }, 'sku cannot be removed'],
  ['removes a managed field', { remove: ['version', 'views'] }, 'version cannot be removed'],
  ['removes a hidden attribute', { remove: ['~by'] }, '~by cannot be removed'],
])('an update that %s throws, and changes nothing', async (_, changes, message) => {
  await runHandler((table) => table.put({ sku: 'a', price: 1 }, { overwrite: true }));
  const before = await api.stored(key);
  const { status, message: thrown } = await runHandler((table) => table.update(key, changes));
  expect([status, thrown]).toEqual([500, expect.stringContaining(message)]);
  expect(await api.stored(key)).toEqual(before);
});

// The types refuse the same changes.
export const mistakes: readonly Changes[] = [
  // @ts-expect-error It sets the key.
  { set: { sku: 'b' } },
  // @ts-expect-error It sets the version.
  { set: { version: 9 } },
  // @ts-expect-error It sets the time of the write.
  { set: { updatedAt: '' } },
  // @ts-expect-error It adds to a string.
  { add: { note: 1 } },
  // @ts-expect-error It adds to a nullable number.
  { add: { weight: 1 } },
  // @ts-expect-error It adds to a number with allowed values.
  { add: { level: 1 } },
  // @ts-expect-error It adds to the version.
  { add: { version: 1 } },
  // @ts-expect-error It removes a required field.
  { remove: ['price'] },
  // @ts-expect-error It removes a field with a default.
  { remove: ['stock'] },
  // @ts-expect-error It removes a managed field.
  { remove: ['views'] },
];
