/**
 * Compares checkValue with ajv on generated schemas and values. The generators avoid the intended differences: multiples by
 * decimal digits, numbers and strings that DynamoDB cannot store, formats, and unique items that are compared with defaults.
 */
import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { contractFaults } from '../../../constructs/contract-check/check-contract';
import type { Schema } from '../../../function/contract/schema';
import { checkValue } from '../../../function/validation/check-value';
import { Faults } from '../../../function/validation/faults';
import { fromText } from '../../../function/validation/from-text';
import { anySchema, itemSchema, json, valueOf } from '../../support/arbitrary-schema';

const ajv = new Ajv2020({ strict: false, allErrors: true, ownProperties: true });

/** Returns the schema for other validators, with closed objects. */
function asJsonSchema(schema: Schema): object {
  if ('items' in schema) return { ...schema, items: asJsonSchema(schema.items) };
  if (!('properties' in schema)) return schema;
  const properties = Object.entries(schema.properties).map(([name, field]) => [name, asJsonSchema(field)]);
  return { ...schema, properties: Object.fromEntries(properties) as object, additionalProperties: false };
}

function check(value: unknown, schema: Schema): Faults {
  const faults = new Faults();
  checkValue(value, schema, faults);
  return faults;
}

const schemaAndValue = anySchema.chain((schema) => fc.tuple(fc.constant(schema), valueOf(schema)));

test('checkValue and ajv agree on whether a value fits', () => {
  const seen = { fits: 0, faulty: 0 };
  fc.assert(
    fc.property(schemaAndValue, ([schema, value]) => {
      const fits = ajv.validate(asJsonSchema(schema), value);
      seen[fits ? 'fits' : 'faulty'] += 1;
      expect(check(structuredClone(value), schema).count === 0).toBe(fits);
    }),
    { numRuns: 800 },
  );
  // Both cases are common among the generated values.
  expect(Math.min(seen.fits, seen.faulty)).toBeGreaterThan(100);
});

test('a value with defaults filled in fits the schema, and has every field with a default', () => {
  fc.assert(
    fc.property(schemaAndValue, ([schema, value]) => {
      fc.pre(check(value, schema).count === 0);
      const stored = structuredClone(value);
      expect(check(stored, schema).count).toBe(0);
      expect(stored).toEqual(value);
      expect(ajv.validate(asJsonSchema(withDefaultsRequired(schema)), value)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

function withDefaultsRequired(schema: Schema): Schema {
  if ('items' in schema) return { ...schema, items: withDefaultsRequired(schema.items) };
  if (!('properties' in schema)) return schema;
  const fields = Object.entries(schema.properties);
  const defaulted = fields.filter(([, field]) => field.default !== undefined).map(([name]) => name);
  return {
    ...schema,
    properties: Object.fromEntries(fields.map(([name, field]) => [name, withDefaultsRequired(field)])),
    required: [...(schema.required ?? []), ...defaulted],
  };
}

test('checkValue does not throw for any JSON, and lists at most 20 faults', () => {
  fc.assert(
    fc.property(anySchema, json, (schema, value) => {
      const { count, listed } = check(value, schema);
      expect(listed).toHaveLength(Math.min(count, 20));
    }),
    { numRuns: 500 },
  );
});

test('the text of a number or a boolean is read as the value', () => {
  const scalar = fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
  );
  fc.assert(
    fc.property(scalar, (value) => {
      fc.pre(typeof value === 'boolean' || value === 0 || Math.abs(value) > 1e-130);
      fc.pre(!Object.is(value, -0));
      const faults = new Faults();
      const type = typeof value as 'boolean' | 'number';
      expect(fromText(String(value), { type }, faults, 'x')).toBe(value);
      expect(faults.count).toBe(0);
    }),
  );
});

test('the check of contracts accepts the generated schemas', () => {
  fc.assert(
    fc.property(itemSchema, (item) => {
      const contract = {
        name: 'generated',
        gateway: 'http-api',
        key: 'key',
        managed: { key: 'uuid' },
        item: withAnyLength(item),
        routes: { 'POST /generated': { operation: 'create' } },
      };
      // recheck analyses a pattern that is not anchored. patterns.test.ts tests this analysis.
      fc.pre(!JSON.stringify(item).includes('"pattern":"a"'));
      expect(contractFaults(contract)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

/** Adds `anyLength` to the strings that have no maximum length. */
function withAnyLength(schema: object): unknown {
  return JSON.parse(
    JSON.stringify(schema),
    (_, value: { readonly type?: unknown; readonly maxLength?: unknown } | null) => {
      const isString = [value?.type].flat()[0] === 'string';
      return isString && value?.maxLength === undefined ? { ...value, anyLength: true } : value;
    },
  );
}
