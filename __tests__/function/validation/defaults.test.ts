/** Defaults that checkValue fills in. */
import type { Schema } from '../../../function/contract/schema';
import { checkValue } from '../../../function/validation/check-value';
import { Faults } from '../../../function/validation/faults';

function checked(value: unknown, schema: Schema): unknown {
  const faults = new Faults();
  checkValue(value, schema, faults);
  expect(faults.listed).toEqual([]);
  return value;
}

test.each<[Schema, unknown]>([
  [{ type: 'boolean', default: false }, false],
  [{ type: 'string', default: '' }, ''],
  [{ type: ['string', 'null'], default: null }, null],
  [{ type: 'number', default: 0 }, 0],
  [{ type: 'array', items: { type: 'string' }, default: [] }, []],
  [{ const: 'invoice', default: 'invoice' }, 'invoice'],
])('a missing field with the schema %j gets %j', (field, value) => {
  expect(checked({}, { type: 'object', properties: { field } })).toEqual({ field: value });
});

test('a field that was sent keeps its value', () => {
  const schema: Schema = { type: 'object', properties: { done: { type: ['boolean', 'null'], default: false } } };
  expect(checked({ done: true }, schema)).toEqual({ done: true });
  expect(checked({ done: null }, schema)).toEqual({ done: null });
});

test('defaults within objects and arrays are filled in', () => {
  const line: Schema = { type: 'object', properties: { quantity: { type: 'integer', default: 1 } } };
  const schema: Schema = { type: 'object', properties: { lines: { type: 'array', items: line }, first: line } };
  expect(checked({ lines: [{}, { quantity: 2 }], first: {} }, schema)).toEqual({
    lines: [{ quantity: 1 }, { quantity: 2 }],
    first: { quantity: 1 },
  });
});

test('a default object gets the defaults of its fields', () => {
  const address: Schema = { type: 'object', properties: { country: { type: 'string', default: 'DE' } }, default: {} };
  expect(checked({}, { type: 'object', properties: { address } })).toEqual({ address: { country: 'DE' } });
  expect(address.default).toEqual({});
});

test('two items do not share the default array', () => {
  const tags: Schema = { type: 'array', items: { type: 'string' }, default: [] };
  const schema: Schema = { type: 'object', properties: { tags } };
  const [first, second] = [checked({}, schema), checked({}, schema)] as { tags: string[] }[];
  first?.tags.push('x');
  expect(second).toEqual({ tags: [] });
});
