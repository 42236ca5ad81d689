/** Models of REST APIs accept each body that the function accepts. */
import Ajv from 'ajv';
import fc from 'fast-check';
import { toDraft4 } from '../../constructs/rest-model';
import { exampleOf } from '../../function/contract/example';
import type { Schema } from '../../function/contract/schema';
import { parseJson } from '../../function/http/json';
import { checkValue } from '../../function/validation/check-value';
import { Faults } from '../../function/validation/faults';
import { anySchema } from '../support/schemas';

const ajv = new Ajv({ strict: false });

/** Whether a validator of draft 4 refuses the JSON. Ajv supports only the later form of exclusive bounds: a number. */
function isRefused(json: string, schema: Schema): boolean {
  const model = JSON.stringify(toDraft4(schema))
    .replace(/"minimum":([^,]+),"exclusiveMinimum":true/g, '"exclusiveMinimum":$1')
    .replace(/"maximum":([^,]+),"exclusiveMaximum":true/g, '"exclusiveMaximum":$1');
  return !ajv.validate(JSON.parse(model) as object, JSON.parse(json));
}

function isAccepted(json: string, schema: Schema): boolean {
  const faults = new Faults();
  checkValue(parseJson(json), schema, faults, 'x');
  return faults.count === 0;
}

test('a model accepts each body that the function accepts', () => {
  fc.assert(
    fc.property(anySchema, fc.jsonValue({ maxDepth: 2 }), (schema, value) => {
      for (const json of [JSON.stringify(exampleOf(schema, 'field')), JSON.stringify(value)]) {
        if (isAccepted(json, schema)) expect([schema, json, isRefused(json, schema)]).toEqual([schema, json, false]);
      }
    }),
    { numRuns: 300 },
  );
});

test.each<[string, Schema, string, boolean]>([
  ['a field that is missing', { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }, '{}', true],
  ['an unknown field', { type: 'object', properties: {} }, '{"a":1}', true],
  ['another type', { type: 'string' }, '1', true],
  ['null where it is allowed', { type: ['integer', 'null'] }, 'null', false],
  ['a whole number that is written as 1.0', { type: 'integer' }, '1.0', false],
  ['half a number', { type: 'integer' }, '1.5', true],
  ['19.99 as a multiple of 0.01', { type: 'number', multipleOf: 0.01 }, '19.99', false],
  ['an exclusive bound', { type: 'number', minimum: 0, exclusiveMinimum: 1 }, '1', true],
  ['the tighter of two bounds', { type: 'number', minimum: 2, exclusiveMinimum: 1 }, '2', false],
  ['a number below the tighter bound', { type: 'number', minimum: 2, exclusiveMinimum: 1 }, '1.5', true],
  ['another constant', { const: 'kg' }, '"g"', true],
  ['characters beyond the basic plane', { type: 'string', pattern: '^.$', maxLength: 1 }, '"😀"', false],
])('%s: refused or not', (_, schema, json, expected) => {
  expect(isRefused(json, schema)).toBe(expected);
});
