/** Faults, defaults and messages of checkValue. */
import type { Schema } from '../../../function/contract/schema';
import { parseJson } from '../../../function/http/json';
import { checkValue } from '../../../function/validation/check-value';
import { Faults } from '../../../function/validation/faults';

/** The faults of a JSON text as `path: message`. */
function faultsOf(json: string, schema: Schema, path = 'x'): string[] {
  const faults = new Faults();
  checkValue(parseJson(json), schema, faults, path);
  return faults.listed.map((fault) => `${fault.path}: ${fault.message}`);
}

const item: Schema = {
  type: 'object',
  required: ['id', 'price', 'name'],
  properties: { id: { type: 'string' }, price: { type: 'number' }, name: { type: 'string' } },
};

const NOT_STORABLE =
  'send one below 2^53 that a double holds (any with up to 15 significant digits will do), and 0 without a sign';

describe('the fields of items and products', () => {
  test.each([
    ['{"id":"a","price":1,"name":"x"}', []],
    ['{"id":1,"price":1,"name":"x"}', ['id: must be a string, but was the number 1']],
    ['{"id":null,"price":1,"name":"x"}', ['id: must be a string, but was null']],
    ['{"id":"a","price":1,"name":["x"]}', ['name: must be a string, but was an array']],
    ['{"id":"a","price":{},"name":"x"}', ['price: must be a number, but was an object']],
    ['{"id":"a","price":"1","name":"x"}', ['price: must be a number, but was the string "1"']],
    ['{"price":1}', ['id: is missing; send a string', 'name: is missing; send a string']],
    ['{"id":"a","name":"x"}', ['price: is missing; send a number']],
    ['{"id":"a","price":1,"name":"x","c":1}', ['c: is not a known field; known are id, price, name']],
    [
      '{"id":"a","price":12345678901234567890,"name":"x"}',
      [`price: must be a number that can be stored exactly, but was 12345678901234567890; ${NOT_STORABLE}`],
    ],
    [
      '{"id":"a","price":-0,"name":"x"}',
      [`price: must be a number that can be stored exactly, but was -0; ${NOT_STORABLE}`],
    ],
    [
      '{"id":12345678901234567890,"price":1,"name":"x"}',
      ['id: must be a string, but was the number 12345678901234567890'],
    ],
    [
      '{"id":"a","price":1,"name":"\\ud800"}',
      [
        'name: must be well-formed Unicode, but has a lone surrogate; ' +
          'send the character itself or both halves of its pair',
      ],
    ],
  ])('%s has the faults %j', (json, faults) => {
    expect(faultsOf(json, item, '')).toEqual(faults);
  });

  test('names of prototype properties are unknown fields', () => {
    expect(faultsOf('{"id":"a","price":1,"name":"x","__proto__":1,"constructor":1}', item, '')).toEqual([
      '__proto__: is not a known field; known are id, price, name',
      'constructor: is not a known field; known are id, price, name',
    ]);
  });
});

describe('the fault of a value names the allowed values', () => {
  test.each<[Schema, string, string]>([
    [{ type: 'string', maxLength: 2 }, '"abc"', 'must be a string of at most 2 characters, but has 3 characters'],
    [{ type: 'string', minLength: 1 }, '""', 'must be a string of at least 1 character, but has 0 characters'],
    [
      { type: 'string', minLength: 2, maxLength: 3 },
      '"a"',
      'must be a string of 2 to 3 characters, but has 1 character',
    ],
    [{ type: 'string', minLength: 7, maxLength: 7 }, '1', 'must be a string of 7 characters, but was the number 1'],
    [
      { type: 'string', maxLength: 9, pattern: '^[a-z]+$' },
      '"A"',
      'must be a string of at most 9 characters that matches ^[a-z]+$, but was the string "A"',
    ],
    [
      { type: 'string', format: 'date' },
      '"2026-02-29"',
      'must be a date such as 2026-11-29, but was the string "2026-02-29"',
    ],
    [{ type: 'string', enum: ['a', 'b'] }, '"c"', 'must be one of "a", "b", but was the string "c"'],
    [{ type: ['string', 'null'], enum: ['a'] }, 'null', 'must be "a", but was null'],
    [{ type: ['string', 'null'] }, '1', 'must be a string or null, but was the number 1'],
    [{ type: 'integer' }, '1.5', 'must be a whole number, but was the number 1.5'],
    [{ type: 'integer', minimum: 1, maximum: 9 }, '0', 'must be a whole number from 1 to 9, but was the number 0'],
    [{ type: 'number', minimum: 1 }, '0', 'must be a number of at least 1, but was the number 0'],
    [{ type: 'number', maximum: 1 }, '2', 'must be a number of at most 1, but was the number 2'],
    [
      { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
      '1',
      'must be a number above 0 and below 1, but was the number 1',
    ],
    [{ type: 'number', exclusiveMinimum: 0 }, '0', 'must be a number above 0, but was the number 0'],
    [
      { type: 'number', minimum: 0, multipleOf: 0.01 },
      '19.999',
      'must be a number of at least 0 that is a multiple of 0.01, but was the number 19.999',
    ],
    [{ type: 'number', enum: [1, 2] }, '3', 'must be one of 1, 2, but was the number 3'],
    [{ type: 'boolean' }, '"true"', 'must be true or false, but was the string "true"'],
    [{ type: 'null' }, 'false', 'must be null, but was the boolean false'],
    [{ type: 'array', items: item, maxItems: 1 }, '[1,2]', 'must be an array of at most 1 item, but has 2 items'],
    [{ type: 'array', items: item, minItems: 1 }, '[]', 'must be an array of at least 1 item, but has 0 items'],
    [{ type: 'array', items: item }, '{}', 'must be an array, but was an object'],
    [item, '[]', 'must be an object with the fields id, price, name, but was an array'],
    [{ type: 'object', properties: {} }, '1', 'must be an object without fields, but was the number 1'],
    [{ const: 'invoice' }, '"order"', 'must be "invoice", but was the string "order"'],
  ])('%j refuses %s', (schema, json, message) => {
    expect(faultsOf(json, schema)).toEqual([`x: ${message}`]);
  });
});

describe('a value that fits has no fault', () => {
  test.each<[Schema, string]>([
    [{ type: 'string', minLength: 2, maxLength: 2 }, '"😀😀"'],
    [{ type: 'string', maxLength: 9, pattern: 'b' }, '"abc"'],
    [{ type: 'string', maxLength: 1, pattern: '^.$' }, '"😀"'],
    [{ type: ['string', 'null'] }, 'null'],
    [{ type: ['string', 'null'], enum: ['a', null] }, 'null'],
    [{ type: 'integer' }, '1.0'],
    [{ type: 'integer' }, '1e3'],
    [{ type: 'number', multipleOf: 0.01 }, '19.99'],
    [{ type: 'number', multipleOf: 0.1 }, '0.3'],
    [{ type: 'number', multipleOf: 1e-7 }, '0.0000003'],
    [{ type: 'number', multipleOf: 0.25 }, '1e15'],
    [{ type: 'null' }, 'null'],
    [{ const: 'invoice' }, '"invoice"'],
    [{ const: null }, 'null'],
    [{ type: 'array', items: { type: 'integer' }, uniqueItems: true, maxItems: 3 }, '[1,2,3]'],
  ])('%j accepts %s', (schema, json) => {
    expect(faultsOf(json, schema)).toEqual([]);
  });
});

const order: Schema = {
  type: 'object',
  required: ['lines'],
  properties: {
    lines: {
      type: 'array',
      items: {
        type: 'object',
        required: ['sku'],
        properties: {
          sku: { type: 'string' },
          tags: { type: 'array', items: { type: 'string' }, uniqueItems: true, maxItems: 9 },
        },
      },
    },
  },
};

test('faults within arrays and objects have the whole path', () => {
  expect(faultsOf('{"lines":[{"sku":"a"},{"sku":1},{"x":1},2]}', order, '')).toEqual([
    'lines[1].sku: must be a string, but was the number 1',
    'lines[2].sku: is missing; send a string',
    'lines[2].x: is not a known field; known are sku, tags',
    'lines[3]: must be an object with the fields sku, tags, but was the number 2',
  ]);
});

test('an array item that equals an earlier item is refused', () => {
  expect(faultsOf('{"lines":[{"sku":"a","tags":["x","y","x"]}]}', order, '')).toEqual([
    'lines[0].tags[2]: must differ from the other items, but is the same as lines[0].tags[0]',
  ]);
});

test('objects with the same fields in another order are equal', () => {
  const point: Schema = { type: 'object', properties: { x: { type: 'number' }, y: { type: 'number' } } };
  const schema: Schema = { type: 'array', items: point, uniqueItems: true, maxItems: 9 };
  expect(faultsOf('[{"x":1,"y":2},{"y":2.0,"x":1}]', schema)).toEqual([
    'x[1]: must differ from the other items, but is the same as x[0]',
  ]);
});

test('a rule runs on a field that fits its schema', () => {
  const rules = new Map([['id', (value: unknown) => (value === 'a/b' ? 'must not contain /' : undefined)]]);
  const messages = (id: unknown) => {
    const faults = new Faults();
    checkValue({ id, price: 1, name: 'x' }, item, faults, '', rules);
    return faults.listed.map(({ message }) => message);
  };
  expect(messages('a')).toEqual([]);
  expect(messages('a/b')).toEqual(['must not contain /']);
  expect(messages(1)).toEqual(['must be a string, but was the number 1']);
});
