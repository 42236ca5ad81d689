/** Generates contracts with unusual names, keys, indexes and filters, and values for their fields. */
import fc from 'fast-check';
import { contractFaults } from '../../constructs/contract-check/check-contract';
import type { Api } from '../../function/contract/api';
import { keyFields } from '../../function/contract/model';

const TIME = '2999-01-31T12:00:00.000Z';

/** Fields whose names are reserved words or have a meaning in DynamoDB expressions: their schemas, and values that mostly fit. */
const FIELDS = {
  select: [{ type: 'string', anyLength: true }, ['', 'a', 'x'.repeat(1100)]],
  'a.b': [{ type: 'string', minLength: 1, anyLength: true }, ['a', 'b', 'x'.repeat(2100)]],
  'a-b': [{ type: 'integer' }, [1, -5, 9007199254740991]],
  size: [{ type: 'number' }, [0, 0.1, 1e-130, -7]],
  '#x': [{ type: ['string', 'null'], minLength: 1, anyLength: true }, ['a', null]],
  values: [{ type: 'string', enum: ['a', 'b'] }, ['a', 'b']],
  kind: [{ const: 'kind', default: 'kind' }, ['kind']],
  open: [{ type: 'boolean', default: true }, [true, false]],
  until: [{ type: 'string', format: 'date-time' }, [TIME, '0001-01-01T00:00:00Z']],
  list: [{ type: 'array', items: { type: 'string', anyLength: true } }, [[], ['a']]],
  map: [{ type: 'object', properties: { 'x.y': { type: 'integer' }, hash: { type: 'null' } } }, [{}, { 'x.y': 1 }]],
} as const;

const MANAGED = {
  id: 'uuid',
  code: { random: 3 },
  created: 'createdAt',
  updated: 'updatedAt',
  version: 'version',
  count: 'counter',
  'the.owner': { claim: 'sub' },
  expires: { expiresAfter: 3600 },
} as const;

const field = fc.constantFrom(...Object.keys(FIELDS), ...Object.keys(MANAGED));
const key = fc.oneof(field, fc.tuple(field, field));

/** Contracts with and without faults. */
const contract = fc
  .record({
    gateway: fc.constantFrom('http-api', 'rest-api'),
    key,
    managed: fc.subarray(Object.keys(MANAGED) as (keyof typeof MANAGED)[]),
    required: fc.subarray(Object.keys(FIELDS)),
    indexes: fc.dictionary(
      fc.constantFrom('by-a', 'b.c'),
      key.map((names) => ({ key: names })),
      { noNullPrototype: true },
    ),
    filters: fc.uniqueArray(field, { maxLength: 3 }),
    ttl: fc.constantFrom(undefined, undefined, 'until'),
    inPath: fc.boolean(),
  })
  .map(({ gateway, key: names, managed, required, indexes, filters, ttl, inPath }) => {
    const claims = managed.includes('the.owner');
    const item = `/${keyFields(names)
      .filter((name) => name !== 'the.owner')
      .map((name) => `{${name}}`)
      .join('/')}`;
    const [partition = ''] = keyFields(names);
    const items = inPath && partition !== 'the.owner' ? `/items/{${partition}}` : '/items';
    const isScan = items === '/items' && partition !== 'the.owner';
    const properties = Object.fromEntries(Object.entries(FIELDS).map(([name, [schema]]) => [name, schema]));
    return {
      name: 'any',
      gateway,
      key: names,
      item: { type: 'object', properties, required: required.filter((name) => !['kind', 'open'].includes(name)) },
      managed: Object.fromEntries(managed.map((name) => [name, MANAGED[name]])),
      indexes,
      ...(ttl && { ttl }),
      ...(claims && { auth: { default: 'jwt', jwt: { issuer: 'https://id.example.com/', audience: ['any'] } } }),
      routes: {
        [`POST ${inPath ? items : '/items'}`]: { operation: 'create', idempotency: true },
        [`GET ${items}`]: { operation: 'list', filters, ...(isScan && { scan: true }) },
        [`GET /one${item}`]: { operation: 'read' },
        [`PUT /one${item}`]: { operation: 'replace' },
        [`PATCH /one${item}`]: { operation: 'update' },
        [`POST /one${item}`]: { operation: 'increment', field: 'count', by: Number.MAX_SAFE_INTEGER },
        ...Object.fromEntries(
          Object.keys(indexes).map((name) => [`GET /${name}`, { operation: 'list', index: name, filters }]),
        ),
        [`DELETE /one${item}`]: { operation: 'delete' },
      },
    };
  });

/** Removes the routes, filters, indexes and the ttl that have faults. @returns undefined when faults remain */
function mended(value: Record<string, unknown>): Api | undefined {
  for (let tries = 0; tries < 10; tries += 1) {
    const faults = contractFaults(value);
    if (faults.length === 0) return value as unknown as Api;
    const copy = structuredClone(value);
    for (const { path } of faults) {
      const steps = [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|\.?([\w$]+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
      // Remove routes[key].filters, or else routes[key], indexes[name] or ttl.
      const depth = steps[0] === 'routes' && steps[2] === 'filters' ? 3 : 2;
      if (steps[0] !== 'routes' && steps[0] !== 'indexes' && steps[0] !== 'ttl') return undefined;
      const last = steps.slice(0, depth).pop() ?? '';
      let place = copy as Record<string, unknown> | undefined;
      for (const step of steps.slice(0, Math.min(depth, steps.length) - 1))
        place = place?.[step] as Record<string, unknown> | undefined;
      if (place) Reflect.deleteProperty(place, last);
    }
    value = copy;
  }
  return undefined;
}

/** Contracts without faults. */
export const soundContract = contract.map((value) => mended(value)).filter((value) => value !== undefined);

const text = fc.constantFrom('a', '1', '0.1', 'kind', 'true', TIME, '', 'x'.repeat(2100), '-0', '1e400');

/** Values of all fields. The values of fields in `item` mostly fit their schemas. */
export const fieldValues = fc.record({
  ...Object.fromEntries(
    Object.entries(FIELDS).map(([name, [, values]]) => {
      const fitting = fc.constantFrom<unknown>(...values);
      return [name, fc.oneof({ weight: 12, arbitrary: fitting }, { weight: 1, arbitrary: text })];
    }),
  ),
  ...Object.fromEntries(Object.keys(MANAGED).map((name) => [name, text])),
});

/** Names of the fields that a body contains. */
export const sentFields = fc.subarray(Object.keys(FIELDS), { minLength: 5 });
