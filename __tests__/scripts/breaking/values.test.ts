/** The check finds a change of a schema exactly when a value fits the old schema and not the new one. Ajv is the oracle. */
import Ajv from 'ajv/dist/2020';
import * as fc from 'fast-check';
import type { Json } from '../../../constructs/openapi/json';
import { Findings } from '../../../scripts/breaking/finding';
import { compareSchemas } from '../../../scripts/breaking/schemas';

const ajv = new Ajv({ strict: false });

function findings(before: Json, after: Json): unknown[] {
  const found = new Findings();
  compareSchemas({ schema: before, document: {} }, { schema: after, document: {} }, 'sent', 'body', found);
  return [...found.all];
}

/** Returns the first value that fits only the old schema. */
function refusedValue(before: Json, after: Json, values: readonly unknown[]): unknown {
  const [fitsOld, fitsNew] = [ajv.compile(before), ajv.compile(after)];
  const refused = values.filter((value) => fitsOld(value) && !fitsNew(value));
  return refused[0];
}

/** Expects that random pairs of schemas have findings exactly when one of the values fits only the old schema. */
function expectAgreement(schemas: fc.Arbitrary<Json>, values: readonly unknown[]): void {
  const counts = { breaking: 0, harmless: 0 };
  fc.assert(
    fc.property(schemas, schemas, (before, after) => {
      const refused = refusedValue(before, after, values);
      counts[refused === undefined ? 'harmless' : 'breaking'] += 1;
      expect({ refused, found: findings(before, after).length > 0 }).toEqual({ refused, found: refused !== undefined });
    }),
    { numRuns: 500 },
  );
  expect(Math.min(counts.breaking, counts.harmless)).toBeGreaterThan(50);
}

/** Quarters from -20 to 20: multiples and other numbers on both sides of each limit. */
const NUMBERS = Array.from({ length: 161 }, (_, at) => at / 4 - 20);

const limit = fc.integer({ min: -3, max: 3 });

test('agrees with Ajv on limits and multiples of numbers', () => {
  const schemas = fc.record(
    {
      type: fc.constantFrom('number', 'integer'),
      minimum: limit,
      exclusiveMinimum: limit,
      multipleOf: fc.constantFrom(0.5, 1, 2, 3),
    },
    { requiredKeys: ['type'] },
  );
  expectAgreement(schemas, NUMBERS);
});

test('agrees with Ajv on maximums of numbers', () => {
  const schemas = fc.record(
    { type: fc.constantFrom('number', 'integer'), maximum: limit, exclusiveMaximum: limit },
    { requiredKeys: ['type'] },
  );
  expectAgreement(schemas, NUMBERS);
});

test('agrees with Ajv on lengths of texts', () => {
  const values = Array.from({ length: 9 }, (_, at) => 'a'.repeat(at));
  const schemas = fc.record(
    {
      type: fc.constant('string'),
      minLength: fc.integer({ min: 0, max: 3 }),
      maxLength: fc.integer({ min: 4, max: 7 }),
    },
    { requiredKeys: ['type'] },
  );
  expectAgreement(schemas, values);
});

test('agrees with Ajv on constants and lists of values', () => {
  const values = ['a', 'b', 1, 2, null, true];
  const value = fc.constantFrom(...values);
  const schemas: fc.Arbitrary<Json> = fc.oneof(
    fc.record({ const: value }),
    fc.record({ type: fc.constant('string'), enum: fc.subarray(['a', 'b'], { minLength: 1 }) }),
    fc.record({ type: fc.constant(['integer', 'null']), enum: fc.subarray([1, 2, null], { minLength: 1 }) }),
  );
  expectAgreement(schemas, values);
});
