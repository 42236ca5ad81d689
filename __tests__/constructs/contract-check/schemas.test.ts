/** Faults of field schemas. */
import { orders, todos } from '../../support/contract/contracts';
import { REMOVED, faultsOf } from './faults';

const at = (schema: unknown) =>
  faultsOf(todos, { 'item/properties/x': schema }).map((fault) => fault.replace('item.properties.', ''));

describe('a keyword that a type does not have is refused', () => {
  test.each([
    [
      { type: 'string', minimum: 1 },
      'x.minimum is not a keyword of the type string; known are type, minLength, maxLength, anyLength, pattern, format, enum, description, examples, deprecated, default',
    ],
    [
      { type: 'number', maxLength: 1 },
      'x.maxLength is not a keyword of the type number; known are type, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, enum, description, examples, deprecated, default',
    ],
    [
      { type: 'boolean', enum: [true] },
      'x.enum is not a keyword of the type boolean; known are type, description, examples, deprecated, default',
    ],
    [
      { type: 'string', nullable: true },
      expect.stringMatching(/^x.nullable .*default. For a value or null, write type: \['string', 'null'\]$/),
    ],
    [
      { type: 'string', required: true },
      expect.stringMatching(/^x.required .*default. Name the field in the required of its object$/),
    ],
    [{ type: 'string', const: 'a' }, expect.stringMatching(/^x.const .*default. A schema with const has no type$/)],
    [{ type: 'object', properties: {}, oneOf: [] }, expect.stringMatching(/^x.oneOf .* Write the fields out$/)],
    [
      { type: 'array', items: { type: 'string', maxlength: 1 } },
      expect.stringMatching(/^x.items.maxlength .* Did you mean maxLength\?$/),
    ],
  ])('%j', (schema, fault) => {
    expect(at(schema)).toEqual([fault]);
  });
});

describe('a type that contracts do not have is refused', () => {
  const known = 'known are string, number, integer, boolean, null, array, object';
  const orNull = `${known}, and for a value or null ['string', 'null']`;
  test.each([
    [{ type: 'int' }, `x.type is the string "int"; ${orNull}. Write integer`],
    [{ type: 'strng' }, `x.type is the string "strng"; ${orNull}. Did you mean string?`],
    [{ type: ['string', 'number'] }, `x.type is ["string","number"]; ${orNull}`],
    [{ type: ['null', 'string'] }, `x.type is ["null","string"]; ${orNull}`],
    [{ type: null }, `x.type is null; ${orNull}`],
    [{ type: undefined }, `x.type is undefined; ${orNull}`],
    [{ type: String }, `x.type is a function; ${orNull}`],
    [{}, `x has no type; ${known}`],
    [{ minLength: 1 }, `x has no type; ${known}`],
    [{ $ref: '#/x', oneOf: [] }, `x has $ref and oneOf, which contracts do not support; name a type: ${known}`],
    [null, "x must be a schema such as { type: 'string' }, but was null"],
    [[], "x must be a schema such as { type: 'string' }, but was an empty array"],
    ['string', `x must be a schema such as { type: 'string' }, but was the string "string"`],
    [undefined, "x must be a schema such as { type: 'string' }, but was undefined"],
    [String, "x must be a schema such as { type: 'string' }, but was a function"],
    [new Date(0), "x must be a schema such as { type: 'string' }, but was an object of the class Date"],
  ])('%p', (schema, fault) => {
    expect(faultsOf(todos, { 'item/properties': { ...todos.item.properties, x: schema } })).toEqual([
      `item.properties.${fault}`,
    ]);
  });
});

describe('a value that a keyword cannot have is refused', () => {
  test.each([
    [{ type: 'string', minLength: -1 }, 'x.minLength must be a whole number of at least 0, but was the number -1'],
    [{ type: 'string', maxLength: '20' }, 'x.maxLength must be a whole number of at least 0, but was the string "20"'],
    [{ type: 'string', maxLength: undefined }, 'x.maxLength must be a whole number of at least 0, but was undefined'],
    [{ type: 'string', minLength: 3, maxLength: 2 }, 'x.minLength is 3, above maxLength, which is 2'],
    [
      { type: 'string', format: 'datetime' },
      'x.format must be one of date, date-time, email, uri, uuid, but was the string "datetime"',
    ],
    [{ type: 'string', enum: [] }, 'x.enum must be an array with at least one value, but was an empty array'],
    [{ type: 'string', enum: ['a', 1] }, 'x.enum[1] must be a string, but was the number 1'],
    [{ type: 'string', enum: ['a', null] }, 'x.enum[1] must be a string, but was null'],
    [{ type: 'string', enum: ['a', 'a'] }, 'x.enum[1] is "a", which appears twice'],
    [
      { type: 'string', maxLength: 2, enum: ['abc'] },
      'x.enum[0] must be a string of at most 2 characters, but has 3 characters',
    ],
    [
      { type: 'number', minimum: Number.NaN },
      'x.minimum must be a number that DynamoDB can store exactly, but was the number NaN',
    ],
    [
      { type: 'number', maximum: Infinity },
      'x.maximum must be a number that DynamoDB can store exactly, but was the number Infinity',
    ],
    [{ type: 'number', minimum: 2, maximum: 1 }, 'x.minimum is 2, but maximum is 1: no number fits both'],
    [
      { type: 'number', exclusiveMinimum: 1, maximum: 1 },
      'x.exclusiveMinimum is 1, but maximum is 1: no number fits both',
    ],
    [
      { type: 'number', minimum: 1, exclusiveMinimum: 1 },
      'x.exclusiveMinimum is not possible with minimum; leave one of them out',
    ],
    [{ type: 'number', multipleOf: 0 }, 'x.multipleOf must be a number above 0, but was the number 0'],
    [{ type: 'array' }, 'x.items is missing; it must be the schema of the items'],
    [
      { type: 'array', items: [{ type: 'string' }] },
      "x.items must be a schema such as { type: 'string' }, but was an array of 1 element",
    ],
    [
      { type: 'array', items: { type: 'string', maxLength: 9 }, uniqueItems: true },
      'x.uniqueItems requires maxItems, which limits the comparisons',
    ],
    [{ type: 'object' }, 'x.properties is missing; it must be an object of schemas by their names'],
    [
      { type: 'object', properties: [] },
      'x.properties must be an object of schemas by their names, but was an empty array',
    ],
    [
      { type: 'object', properties: {}, additionalProperties: true },
      'x.additionalProperties must be false: an object has only the fields in properties, but was the boolean true',
    ],
    [
      { type: 'object', properties: { a: { type: 'string', maxLength: 9 } }, required: ['b'] },
      'x.required[0] names b, which is not in properties',
    ],
    [
      { type: 'object', properties: { a: { type: 'string', maxLength: 9 } }, required: ['a', 'a'] },
      'x.required[1] names a twice',
    ],
    [
      { type: 'object', properties: { a: { type: 'string', maxLength: 9, default: '' } }, required: ['a'] },
      'x.required[0] names a, which has a default; a required field has none',
    ],
    [
      { type: 'object', properties: {}, required: 'a' },
      'x.required must be an array of names of fields, but was the string "a"',
    ],
    [{ const: { a: 1 } }, 'x.const must be a string, a number, true, false or null, but was an object'],
    [
      { const: 2 ** 60 },
      expect.stringMatching(/^x.const must be a number that can be stored exactly, but was 1152921504606847000;/),
    ],
    [{ type: 'string', description: '' }, 'x.description must be a text, but was the string ""'],
    [{ type: 'string', deprecated: 'yes' }, 'x.deprecated must be true or false, but was the string "yes"'],
  ])('%p', (schema, fault) => {
    expect(at(schema)).toEqual([fault]);
  });
});

describe('a default or an example that does not fit its schema is refused', () => {
  test.each([
    [{ type: 'string', default: 1 }, 'x.default must be a string, but was the number 1'],
    [{ type: 'string', default: null }, 'x.default must be a string, but was null'],
    [{ type: 'string', default: undefined }, 'x.default must be a JSON value, but was undefined'],
    [{ type: 'string', enum: ['a'], default: 'b' }, 'x.default must be "a", but was the string "b"'],
    [{ const: 'a', default: 'b' }, 'x.default must be "a", but was the string "b"'],
    [
      { type: 'array', items: { type: 'string', anyLength: true }, default: ['a', 1] },
      'x.default[1] must be a string, but was the number 1',
    ],
    [
      { type: 'object', properties: { a: { type: 'string', maxLength: 9 } }, default: { b: 1 } },
      'x.default.b is not a known field; known are a',
    ],
    [{ type: 'number', examples: [1, 'a'] }, 'x.examples[1] must be a number, but was the string "a"'],
    [{ type: 'number', examples: 1 }, 'x.examples must be an array with at least one value, but was the number 1'],
    [
      { type: 'number', multipleOf: 0.01, default: 0.001 },
      'x.default must be a number that is a multiple of 0.01, but was the number 0.001',
    ],
  ])('%p', (schema, fault) => {
    expect(at(schema)).toEqual([fault]);
  });
});

describe('a schema that no value fits is refused', () => {
  const none = (value: string) => `x has bounds without a ${value} between them`;
  test.each<[unknown, string]>([
    [{ type: 'integer', minimum: 1.5, maximum: 1.6 }, none('whole number')],
    [{ type: 'integer', exclusiveMinimum: 1, exclusiveMaximum: 2 }, none('whole number')],
    [{ type: 'integer', exclusiveMinimum: -2, maximum: -1.5 }, none('whole number')],
    [{ type: 'integer', minimum: 1, maximum: 2, multipleOf: 5 }, none('whole number that is a multiple of 5')],
    [{ type: 'integer', minimum: 1, maximum: 2, multipleOf: 1.5 }, none('whole number that is a multiple of 1.5')],
    [{ type: 'number', minimum: 0.011, maximum: 0.019, multipleOf: 0.01 }, none('number that is a multiple of 0.01')],
    [
      { type: 'array', items: { type: 'boolean' }, uniqueItems: true, minItems: 3, maxItems: 3 },
      'x.minItems is 3, but uniqueItems is true, and the number of different items is 2',
    ],
    [
      { type: 'array', items: { const: 1 }, uniqueItems: true, minItems: 2, maxItems: 3 },
      'x.minItems is 2, but uniqueItems is true, and the number of different items is 1',
    ],
    [
      {
        type: 'array',
        items: { type: ['integer', 'null'], minimum: 1, maximum: 3 },
        uniqueItems: true,
        minItems: 5,
        maxItems: 9,
      },
      'x.minItems is 5, but uniqueItems is true, and the number of different items is 4',
    ],
    [{ type: 'string', format: 'date', maxLength: 9 }, 'x.maxLength is 9, but a date has at least 10 characters'],
    [{ type: 'string', format: 'uuid', minLength: 37 }, 'x.minLength is 37, but a uuid has at most 36 characters'],
  ])('%j', (schema, fault) => {
    expect(at(schema)).toEqual([fault]);
  });

  test.each([
    { type: 'integer', minimum: 1.5, maximum: 2 },
    { type: 'integer', exclusiveMinimum: 1, exclusiveMaximum: 3 },
    { type: 'integer', minimum: 1, maximum: 5, multipleOf: 2.5 },
    { type: 'integer', exclusiveMinimum: -2, exclusiveMaximum: 0 },
    { type: 'number', exclusiveMinimum: 1, exclusiveMaximum: 2 },
    { type: 'number', minimum: 19.99, maximum: 19.99, multipleOf: 0.01 },
    { type: 'number', minimum: -1e-120, maximum: 1e-130, multipleOf: 1e-130 },
    { type: 'array', items: { type: ['boolean', 'null'] }, uniqueItems: true, minItems: 3, maxItems: 3 },
    { type: 'string', format: 'date', minLength: 10, maxLength: 10 },
  ])('%j is not refused', (schema) => {
    expect(at(schema)).toEqual([]);
  });
});

test('a field name that DynamoDB or the function cannot use is refused', () => {
  const properties = Object.fromEntries(
    ['', '~by', 'x'.repeat(256), '\ud800'].map((name) => [name, { type: 'string' }]),
  );
  expect(
    faultsOf(todos, { 'item/properties': { ...todos.item.properties, ...properties } }).map((fault) =>
      fault.replace(/x{256}/, 'xxx'),
    ),
  ).toEqual([
    'item.properties[""] is not a possible name of a field',
    'item.properties["~by"] begins with ~, as the hidden attributes of items do; choose another name',
    'item.properties.xxx is longer than 255 bytes; choose a shorter name',
    'item.properties["\\ud800"] is not well-formed Unicode',
  ]);
});

test('the schema of an item is an object without a default', () => {
  expect(faultsOf(todos, { 'item/type': ['object', 'null'], 'item/default': null })).toEqual([
    'item.default is not allowed: an item has no default. Give its fields defaults',
    'item.type must be the string "object", but was an array of 2 elements',
  ]);
  expect(faultsOf(todos, { item: REMOVED })[0]).toBe(
    "item is missing; it must be the item's schema: { type: 'object', properties: {...} }",
  );
});

test('a fault deep within a contract has its whole path', () => {
  expect(faultsOf(orders, { 'item/properties/lines/items/properties/sku/maxLength': '40' })).toEqual([
    'item.properties.lines.items.properties.sku.maxLength must be a whole number of at least 0, but was the string "40"',
  ]);
});

test('a schema that contains itself is refused', () => {
  const node: Record<string, unknown> = { type: 'object', properties: {} };
  node['properties'] = { child: node };
  expect(at(node)).toEqual([expect.stringMatching(/is nested deeper than the 32 levels that DynamoDB stores$/)]);
});
