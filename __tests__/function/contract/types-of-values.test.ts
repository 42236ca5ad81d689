/** The types that follow from generated schemas and the validator accept the same values. */
import path from 'node:path';
import fc from 'fast-check';
import type { Schema } from '../../../function/contract/schema';
import { checkValue } from '../../../function/validation/check-value';
import { Faults } from '../../../function/validation/faults';
import { itemSchema, valueOf } from '../../support/arbitrary-schema';
import { typeErrors } from '../../support/type-errors';

const FILE = path.join(__dirname, 'fixtures/values.ts');

/** Keywords that no TypeScript type expresses. */
const LIMITS = /^(min|max|exclusive|multipleOf|pattern|uniqueItems)/;

/** Returns the schema with only the keywords that types express. TypeScript has no type of whole numbers. */
function withoutLimits(schema: Schema): Schema {
  if (schema.type === undefined) return schema;
  const keywords = Object.entries(schema).filter(([name]) => !LIMITS.test(name));
  return Object.fromEntries(keywords.map(([name, value]) => [name, withoutLimitsIn(name, value)])) as unknown as Schema;
}

function withoutLimitsIn(keyword: string, value: unknown): unknown {
  switch (keyword) {
    case 'type':
      return JSON.parse(JSON.stringify(value).replace('"integer"', '"number"'));
    case 'items':
      return withoutLimits(value as Schema);
    case 'properties':
      return Object.fromEntries(
        Object.entries(value as Record<string, Schema>).map(([name, field]) => [name, withoutLimits(field)]),
      );
    default:
      return value;
  }
}

/** @returns the value with defaults filled in, or undefined when it does not fit */
function checked(value: unknown, schema: Schema): unknown {
  const faults = new Faults();
  const copy = structuredClone(value);
  checkValue(copy, schema, faults);
  return faults.count === 0 ? copy : undefined;
}

/** The value as TypeScript, in one line: TypeScript ends lines at two characters that JSON does not escape. */
function literal(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** Declares values of the types of their schemas, one in each line. */
function declarations(cases: readonly (readonly [schema: Schema, view: 'sent' | 'stored', value: unknown])[]): string {
  const lines = cases.map(
    ([schema, view, value], at) =>
      `const s${at} = ${literal(schema)} as const; export const v${at}: Infer<typeof s${at}, '${view}'> = ${literal(value)};`,
  );
  return ["import type { Infer } from '../../../../function/contract/schema';", ...lines].join('\n');
}

/** Whether the schema has an object without properties. To its type `{}`, TypeScript assigns nearly every value. */
function hasEmptyObject(schema: Schema): boolean {
  if ('items' in schema) return hasEmptyObject(schema.items);
  if (!('properties' in schema)) return false;
  const fields = Object.values(schema.properties);
  return fields.length === 0 || fields.some(hasEmptyObject);
}

const schemas = itemSchema.filter((schema) => !hasEmptyObject(schema));
const cases = schemas.chain((schema) => fc.tuple(fc.constant(withoutLimits(schema)), valueOf(schema)));

test('a value compiles as the type of its schema exactly when the validator accepts it', () => {
  const lines = [
    { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
    { id: '\u2028\u2029' },
  ] as const;
  const sent = [lines, ...fc.sample(cases, 400)].map(([schema, value]) => [schema, 'sent', value] as const);
  const wrongLines = new Set(typeErrors(FILE, declarations(sent)).map(({ line }) => line));
  const compiles = sent.map((_, at) => !wrongLines.has(at + 1));
  const fits = sent.map(([schema, , value]) => checked(value, schema) !== undefined);
  expect(sent.filter((_, at) => compiles[at] !== fits[at])).toEqual([]);
  const counts = [true, false].map((expected) => fits.filter((fit) => fit === expected).length);
  expect(Math.min(...counts)).toBeGreaterThan(20);
});

test('a value with its defaults compiles as the type of a stored value', () => {
  const stored = fc.sample(cases, 400).flatMap(([schema, value]) => {
    const whole = checked(value, schema);
    return whole === undefined ? [] : [[schema, 'stored', whole] as const];
  });
  expect(stored.length).toBeGreaterThan(50);
  expect(typeErrors(FILE, declarations(stored))).toEqual([]);
});
