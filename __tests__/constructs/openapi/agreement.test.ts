/** The schemas of OpenAPI documents accept the same values as the function's validator. */
import Ajv2020 from 'ajv/dist/2020';
import * as fc from 'fast-check';
import { answeredSchema, bodyExample, newItemSchema, sentSchema } from '../../../constructs/openapi/schemas';
import type { Api } from '../../../function/contract/api';
import type { Format, ItemSchema, ObjectSchema, Schema } from '../../../function/contract/schema';
import { checkValue } from '../../../function/validation/check-value';
import { Faults } from '../../../function/validation/faults';
import { isFormat } from '../../../function/validation/formats';
import { keyRules } from '../../../function/validation/key-rules';
import { items, links, notes, orders, posts, readings, todos } from '../../support/contract/contracts';
import { comments, shortLinks } from '../../support/contract/handler-contracts';

const FORMATS: readonly Format[] = ['date', 'date-time', 'email', 'uri', 'uuid'];
const formats = Object.fromEntries(FORMATS.map((format) => [format, (text: string) => isFormat(format, text)]));

const ajv = new Ajv2020({ formats, strict: false, logger: false });

function accepts(schema: object, value: unknown): boolean {
  const isValid = ajv.validate(schema, value);
  ajv.removeSchema(schema);
  return isValid;
}

/** @returns the value with defaults filled in; undefined when it has faults */
function checked(schema: Schema, value: unknown): { readonly value: unknown } | undefined {
  const faults = new Faults();
  const copy: unknown = structuredClone(value);
  checkValue(copy, schema, faults, 'body');
  return faults.count === 0 ? { value: copy } : undefined;
}

const TEXTS = ['', 'a', 'ab', 'abc', '2026-11-29', '2026-11-29T10:00:00Z', 'ada@example.com', 'https://example.com/'];
const text = fc.constantFrom(...TEXTS, '01930000-0000-7000-8000-000000000001', '\u{1F600}\u{1F600}');
const whole = fc.integer({ min: -3, max: 5 });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Removes the keywords that are undefined. */
function defined<T>(schema: fc.Arbitrary<object>): fc.Arbitrary<T> {
  return schema.map(
    (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T,
  );
}

const schemas = fc.letrec<{ schema: Schema; object: ItemSchema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    defined<Schema>(
      fc.record({
        type: fc.constantFrom('string', ['string', 'null']),
        minLength: optional(fc.integer({ min: 0, max: 2 })),
        maxLength: optional(fc.integer({ min: 1, max: 30 })),
        format: optional(fc.constantFrom(...FORMATS)),
        default: optional(text),
      }),
    ),
    defined<Schema>(
      fc.record({
        type: fc.constantFrom('number', 'integer', ['integer', 'null']),
        minimum: optional(whole),
        exclusiveMaximum: optional(whole),
        multipleOf: optional(fc.constantFrom(2, 3)),
      }),
    ),
    defined<Schema>(fc.record({ type: fc.constant('boolean'), default: optional(fc.boolean()) })),
    fc.record({ const: fc.oneof(text, whole, fc.constant(null)) }) as fc.Arbitrary<Schema>,
    defined<Schema>(
      fc.record({ type: fc.constant('string'), enum: fc.uniqueArray(text, { minLength: 1, maxLength: 3 }) }),
    ),
    defined<Schema>(
      fc.record({
        type: fc.constantFrom('array', ['array', 'null']),
        items: tie('schema'),
        minItems: optional(fc.integer({ min: 0, max: 2 })),
        maxItems: fc.integer({ min: 1, max: 3 }),
        uniqueItems: optional(fc.boolean()),
      }),
    ),
    tie('object'),
  ),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('schema')).chain((properties) =>
    fc.record({
      type: fc.constant('object' as const),
      properties: fc.constant(properties),
      required: fc.subarray(Object.keys(properties)),
    }),
  ),
}));

/** Generates values for a schema: some fit it, others nearly do. */
function near(schema: Schema): fc.Arbitrary<unknown> {
  const other = fc.oneof(text, whole, fc.constantFrom(null, true, 1.5, [], {}));
  const type = [schema.type].flat()[0];
  if (type === undefined) return fc.oneof(fc.constant((schema as { const: unknown }).const), other);
  if (type === 'array') {
    const list = fc.array(near((schema as { items: Schema }).items), { maxLength: 3 });
    return fc.oneof({ weight: 9, arbitrary: list }, { weight: 1, arbitrary: other });
  }
  if (type === 'object') {
    const { properties } = schema as ObjectSchema;
    const fields = Object.entries(properties).map(([name, field]) => [name, near(field)]);
    // Ajv compares the prototypes of unique elements.
    const options = { requiredKeys: [], noNullPrototype: true };
    const object = fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, options);
    const unknownField = object.map((value) => ({ ...value, d: 1 }));
    return fc.oneof({ weight: 9, arbitrary: object }, { weight: 1, arbitrary: fc.oneof(unknownField, other) });
  }
  return fc.oneof({ weight: 4, arbitrary: type === 'string' ? text : whole }, { weight: 1, arbitrary: other });
}

const cases = schemas.object.chain((schema) => fc.record({ schema: fc.constant(schema), value: near(schema) }));

test('the validator and the schema of a request body accept the same values', () => {
  let fitting = 0;
  fc.assert(
    fc.property(cases, ({ schema, value }) => {
      // The contract check refuses defaults that do not fit.
      fc.pre(hasFittingDefaults(schema));
      const result = checked(schema, value);
      expect(accepts(sentSchema(schema), value)).toBe(result !== undefined);
      if (!result) return;
      fitting += 1;
      expect(accepts(answeredSchema(schema), result.value)).toBe(true);
    }),
    { numRuns: 500 },
  );
  expect(fitting).toBeGreaterThan(50);
}, 60_000);

function hasFittingDefaults(schema: Schema): boolean {
  if (schema.default !== undefined && !checked(schema, schema.default)) return false;
  if ('items' in schema) return hasFittingDefaults(schema.items);
  return 'properties' in schema ? Object.values(schema.properties).every(hasFittingDefaults) : true;
}

const APIS: readonly Api[] = [todos, orders, notes, links, readings, posts, shortLinks, comments, items];

test.each(APIS.map((api) => [api.name, api] as const))(
  'the example of a new item of %s fits the schema and the validator',
  (_, api) => {
    const [routeKey = ''] = Object.keys(api.routes);
    const path = routeKey.split(' ')[1] ?? '';
    const schema = newItemSchema(api, path);
    const example = bodyExample(api, path);
    expect(checked(schema, example)).toBeDefined();
    expect(accepts(sentSchema(schema), example)).toBe(true);
  },
);

test('the schema of an id accepts the ids that a path can contain', () => {
  const { id } = newItemSchema(items, '/items').properties;
  const rule = keyRules(items).get('id');
  const ids = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('.', '..', '...', 'a/b', 'a%b', 'a?b', '\n', ''));
  fc.assert(
    fc.property(ids, (value) => {
      expect(accepts(id as object, value)).toBe(rule?.(value) === undefined);
    }),
    { numRuns: 500 },
  );
});
