/** Reads values of path and query parameters. */
import type { Schema } from '../../../function/contract/schema';
import { Faults } from '../../../function/validation/faults';
import { fromText } from '../../../function/validation/from-text';

test.each<[Schema, string, unknown]>([
  [{ type: 'integer', minimum: 1, maximum: 100 }, '20', 20],
  [{ type: 'number' }, '-1.5', -1.5],
  [{ type: 'number' }, '1e-7', 1e-7],
  [{ type: ['number', 'null'] }, '0', 0],
  [{ type: 'number', enum: [1, 2] }, '2', 2],
  [{ type: 'boolean' }, 'true', true],
  [{ type: 'boolean' }, 'false', false],
  [{ type: 'string' }, '20', '20'],
  [{ type: 'string' }, '', ''],
  [{ type: 'string', enum: ['open', 'paid'] }, 'paid', 'paid'],
  [{ const: 1 }, '1', 1],
  [{ const: true }, 'true', true],
])('%j reads %j as %j', (schema, text, value) => {
  const faults = new Faults();
  expect(fromText(text, schema, faults, 'p')).toBe(value);
  expect(faults.listed).toEqual([]);
});

test.each<[Schema, string, string]>([
  [{ type: 'integer', maximum: 100 }, '101', 'must be a whole number of at most 100, but was the number 101'],
  [{ type: 'integer' }, '1.5', 'must be a whole number, but was the number 1.5'],
  [
    { type: 'number', exclusiveMinimum: 0, maximum: 9 },
    '10',
    'must be a number above 0 and at most 9, but was the number 10',
  ],
  [{ type: 'number' }, 'abc', 'must be a number, but was the string "abc"'],
  [{ type: 'number' }, '', 'must be a number, but was the string ""'],
  [{ type: 'number' }, ' 1', 'must be a number, written as 1, but was the string " 1"'],
  [{ type: 'number' }, '02', 'must be a number, written as 2, but was the string "02"'],
  [{ type: 'number' }, '0x10', 'must be a number, written as 16, but was the string "0x10"'],
  [{ type: 'number' }, 'NaN', 'must be a number, but was the string "NaN"'],
  [{ type: 'number' }, 'Infinity', 'must be a number, but was the string "Infinity"'],
  [{ type: 'boolean' }, 'yes', 'must be true or false, but was the string "yes"'],
  [{ type: 'string', enum: ['open'] }, 'x', 'must be "open", but was the string "x"'],
  [{ const: 1 }, '2', 'must be 1, but was the number 2'],
])('%j refuses %j: %s', (schema, text, message) => {
  const faults = new Faults();
  fromText(text, schema, faults, 'p');
  expect(faults.listed).toEqual([{ path: 'p', message }]);
});

test('refuses a number that would lose digits', () => {
  const faults = new Faults();
  fromText('9007199254740993', { type: 'number' }, faults, 'p');
  expect(faults.listed[0]?.message).toMatch(/^must be a number that can be stored exactly, but was 9007199254740993;/);
});
