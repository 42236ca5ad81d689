/** Property tests: any request is answered with a status below 500, and values are stored exactly as sent. */
import fc from 'fast-check';
import { startApi, type TestApi } from '../../support/contract/api';
import { links, notes, orders, readings, todos } from '../../support/contract/contracts';
import { operations } from '../../support/contract/operations';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 60);

const SEED = process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) };

/** Numbers that DynamoDB and JSON hold exactly. */
const number = fc.oneof(
  fc.integer(),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100),
  fc.constantFrom(0, 1e-130, 9007199254740991, 0.1, 1e-7),
);

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const uuid = fc.uuid();

/** Values of headers, without control characters, which no gateway passes on. */
const header = fc.oneof(
  fc.constantFrom(
    '*',
    '"1-m0"',
    'W/"1"',
    '"1", "2"',
    '"',
    '""',
    '"999999999999999-zzzzzzzzz"',
    'application/json',
    'text/plain',
  ),
  fc.string({ maxLength: 20 }),
);

const headers = fc.dictionary(
  fc.constantFrom('if-match', 'if-none-match', 'idempotency-key', 'content-type', 'x-other'),
  header,
  { maxKeys: 2 },
);

const query = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      'limit',
      'cursor',
      'order',
      'done',
      'priority',
      'status',
      'at[gte]',
      'at[lt]',
      'at[gt]',
      'createdAt[gte]',
      'createdAt[lte]',
    ),
    fc.string({ maxLength: 6 }),
  ),
  fc.oneof(
    fc.constantFrom('1', '0', '-1', '1e400', 'asc', 'desc', 'true', 'paid', '2026', '2026-11-29T10:00:00Z', ''),
    text,
  ),
  { maxKeys: 3 },
);

const parameter = fc.oneof(
  fc.constantFrom(
    '0190a3c0-0000-7000-8000-000000000001',
    '1',
    '-0.5',
    '1e-7',
    '..',
    'AbCdEf1',
    '__proto__',
    'constructor',
  ),
  text.filter((value) => value !== ''),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 5 }),
);

/** Bodies that resemble the contracts' bodies, any JSON, and any text. */
const body = fc.oneof(
  fc.record(
    {
      title: fc.oneof(text, fc.jsonValue()),
      done: fc.jsonValue(),
      place: fc.oneof(fc.record({ city: text, floor: fc.integer() }, { requiredKeys: [] }), fc.jsonValue()),
      tags: fc.oneof(fc.array(text), fc.jsonValue()),
      url: fc.oneof(fc.webUrl(), fc.jsonValue()),
      lines: fc.oneof(fc.array(fc.record({ sku: fc.constantFrom('A', 'b'), price: number })), fc.jsonValue()),
      text: fc.oneof(text, fc.jsonValue()),
      folder: fc.oneof(text, fc.jsonValue()),
      sensor: fc.oneof(text, fc.jsonValue()),
      at: fc.oneof(number, fc.jsonValue()),
      value: fc.oneof(number, fc.jsonValue()),
      until: fc.constantFrom('0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999999+14:00', 'never'),
    },
    { requiredKeys: [] },
  ),
  fc.json().map((json) => json as unknown),
  fc.string({ maxLength: 30 }),
  fc.constant(undefined),
);

describe.each([todos, orders, notes, links, readings])('$name', (contract) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi(contract, operations);
  });
  afterAll(() => api.stop());

  test.each(Object.keys(contract.routes))('%s: any request is answered with a status below 500', async (routeKey) => {
    const names = [...routeKey.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
    const path = fc.record(Object.fromEntries(names.map((name) => [name, parameter])));
    await fc.assert(
      fc.asyncProperty(path, query, headers, body, async (values, sentQuery, sentHeaders, sentBody) => {
        const claims = { sub: 'ada' };
        const sent = { path: values, query: sentQuery, headers: sentHeaders, body: sentBody, claims };
        const { status } = await api.send(routeKey, sent);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: RUNS, ...SEED },
    );
  });
});

test('todos are stored, answered and read exactly as sent', async () => {
  const api = await startApi(todos, operations);
  const todo = fc.record(
    {
      title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
      done: fc.boolean(),
      due: fc.oneof(fc.constant(null), fc.constantFrom('2024-02-29', '0001-01-01')),
      tags: fc.uniqueArray(text, { maxLength: 5 }),
      place: fc.record({ city: text, floor: fc.integer() }, { requiredKeys: ['city'] }),
    },
    { requiredKeys: ['title'] },
  );
  await fc.assert(
    fc.asyncProperty(todo, todo, async (first, second) => {
      const created = await api.send('POST /todos', { body: first });
      expect(created.json).toMatchObject(first);
      const path = { id: created.json.id as string };
      expect((await api.send('GET /todos/{id}', { path })).json).toEqual(created.json);
      const replaced = await api.send('PUT /todos/{id}', { path, body: second });
      expect(replaced.json).toMatchObject(second);
      expect(Object.keys(replaced.json)).toHaveLength(
        Object.keys({ done: 0, priority: 0, tags: 0, ...second }).length + 4,
      );
      expect((await api.send('GET /todos/{id}', { path })).json).toEqual(replaced.json);
    }),
    { numRuns: RUNS, ...SEED },
  );
  await api.stop();
});

test('numbers and keys are stored, answered and read exactly as sent', async () => {
  const api = await startApi(readings, operations);
  await fc.assert(
    fc.asyncProperty(uuid, number, number, async (sensor, at, value) => {
      const sent = { sensor, at, value };
      const { status, headers: answered, json } = await api.send('POST /readings', { body: sent });
      expect([status, json]).toEqual([201, { ...sent, seen: 0 }]);
      const location = decodeURIComponent(answered['location'] ?? '').split('/');
      const path = { sensor: location[2] ?? '', at: location[4] ?? '' };
      expect((await api.send('GET /sensors/{sensor}/readings/{at}', { path })).json).toEqual(json);
      const listed = await api.send('GET /sensors/{sensor}/readings', { path: { sensor } });
      expect(listed.json.items).toEqual([json]);
    }),
    { numRuns: RUNS, ...SEED },
  );
  await api.stop();
});
