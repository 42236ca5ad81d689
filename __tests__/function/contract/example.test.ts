/** Examples made from schemas fit them. */
import fc from 'fast-check';
import { exampleOf } from '../../../function/contract/example';
import { patternExample } from '../../../function/contract/pattern-example';
import type { Schema } from '../../../function/contract/schema';
import { checkValue } from '../../../function/validation/check-value';
import { Faults } from '../../../function/validation/faults';
import { anySchema } from '../../support/schemas';

function faultsOf(value: unknown, schema: Schema): readonly unknown[] {
  const faults = new Faults();
  checkValue(structuredClone(value), schema, faults, 'x');
  return faults.listed;
}

test('the example of any schema fits it', () => {
  fc.assert(
    fc.property(anySchema, (schema) => {
      const example = exampleOf(schema, 'field');
      expect([example, faultsOf(example, schema)]).toEqual([example, []]);
    }),
    { numRuns: 500 },
  );
});

test.each<[Schema, unknown]>([
  [{ type: 'string', examples: ['tea'] }, 'tea'],
  [{ type: 'string', maxLength: 5 }, 'an ex'],
  [{ type: 'string', pattern: '^[A-Z]{3}$', maxLength: 3 }, 'ABC'],
  [{ type: 'integer', minimum: 10 }, 10],
  [{ type: 'number', exclusiveMinimum: 0, multipleOf: 0.01, maximum: 0.5 }, 0.5],
  [{ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.5 }, 0.25],
  [{ type: 'number', multipleOf: 5, maximum: 3 }, 0],
  [{ type: 'integer', exclusiveMinimum: 0.5, maximum: 1 }, 1],
  [{ type: 'boolean', default: false }, false],
  [{ type: 'array', items: { type: 'integer' }, minItems: 3, maxItems: 3, uniqueItems: true }, [1, 2, 3]],
])('the example of %j is %j', (schema, expected) => {
  expect(exampleOf(schema, 'field')).toEqual(expected);
  expect(faultsOf(expected, schema)).toEqual([]);
});

test.each([
  '^[A-Z0-9-]+$',
  '^https?://',
  '^\\d{4}-(0[1-9]|1[0-2])$',
  '^(?:red|green)\\s?[^a-z]$',
  '^(?<year>\\d+)\\.\\w{2,4}$',
  '^\\p{Lu}\\p{Ll}+$',
  '^a.c\\$[\\]x]$',
])('an example of the pattern %s matches it', (pattern) => {
  expect(patternExample(pattern, 0)).toMatch(new RegExp(pattern, 'u'));
});

test('repeats parts until the text has the minimum length', () => {
  expect(patternExample('^[a-z]+$', 12)).toMatch(/^[a-z]{12}$/);
  expect(patternExample('^x(ab)*y$', 6)).toBe('xabababy');
});
