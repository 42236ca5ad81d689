/** Values of key fields that are new in each run of a session. */
import type { Schema } from '../../function/contract/schema';
import { checkValue } from '../../function/validation/check-value';
import { Faults } from '../../function/validation/faults';
import { uniqueValue } from '../../scripts/smoke/unique-values';

test.each<Schema>([
  { type: 'string' },
  { type: 'string', maxLength: 10 },
  { type: 'string', minLength: 60 },
  { type: 'string', format: 'uuid' },
  { type: 'string', format: 'email' },
  { type: 'string', format: 'date' },
  { type: 'string', pattern: '^[A-Z0-9-]+$', maxLength: 40, examples: ['TEA-250'] },
  { type: 'string', pattern: '^[A-Z]{2}-\\d{4}$', maxLength: 7 },
  { type: 'integer', exclusiveMinimum: 5_000, exclusiveMaximum: 2_000_000 },
  { type: 'integer', maximum: -5 },
  { type: 'number', minimum: 0, multipleOf: 0.01 },
])('makes different values that fit %j', (schema) => {
  const values = Array.from({ length: 20 }, () => uniqueValue(schema, 'id'));
  for (const value of values) {
    const faults = new Faults();
    checkValue(value, schema, faults);
    expect(faults.listed).toEqual([]);
  }
  expect(new Set(values).size).toBeGreaterThan(15);
});

test.each<Schema>([
  { type: 'string', enum: ['dark', 'light'] },
  { type: 'string', maxLength: 2 },
  { type: 'string', pattern: '^v[1-9]$', maxLength: 2 },
  { type: 'integer', minimum: 1, maximum: 100 },
  { const: 'settings' },
])('makes no value for %j, which allows too few values', (schema) => {
  expect(uniqueValue(schema, 'id')).toBeUndefined();
});
