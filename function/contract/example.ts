/** Makes example values from schemas, for the local run's console, the OpenAPI document and the smoke test. */
import { patternExample } from './pattern-example';
import type { ItemSchema, NumberSchema, Schema, StringSchema } from './schema';

const FORMAT_EXAMPLES = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00.000Z',
  email: 'user@example.com',
  uri: 'https://example.com/',
  uuid: '01941f29-7c00-7aaa-8bbb-0123456789ab',
} as const;

/**
 * Makes a value that fits the schema: its first example, its constant, its first allowed value, or a value made from its
 * keywords.
 * @param name name of the field, for the default text
 * @param text preferred text of a string
 * @example exampleOf({ type: 'string', maxLength: 200 }, 'title') // 'an example of title'
 */
export function exampleOf(schema: Schema, name: string, text = `an example of ${name}`): unknown {
  if (schema.examples && schema.examples.length > 0) return schema.examples[0];
  if (!('type' in schema) || schema.type === undefined) return 'const' in schema ? schema.const : null;
  if ('enum' in schema) return schema.enum[0];
  switch (typeof schema.type === 'string' ? schema.type : schema.type[0]) {
    case 'string':
      return stringExample(schema as StringSchema, text);
    case 'number':
    case 'integer':
      return numberExample(schema as NumberSchema);
    case 'boolean':
      return 'default' in schema && typeof schema.default === 'boolean' ? schema.default : true;
    case 'array':
      return 'items' in schema ? arrayExample(schema.items, name, schema.minItems ?? 1, schema.uniqueItems) : [];
    case 'object':
      return exampleObject(schema as ItemSchema);
    default:
      return null;
  }
}

/** Makes an example of an object, with all optional fields. @param texts preferred texts by field */
export function exampleObject(
  { properties }: Pick<ItemSchema, 'properties'>,
  texts: Readonly<Record<string, string>> = {},
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, exampleOf(schema, name, texts[name])]),
  );
}

function stringExample(schema: StringSchema, text: string): string {
  const { format, pattern, minLength = 0, maxLength = Infinity, default: byDefault } = schema;
  const fitted = text.slice(0, maxLength).padEnd(minLength, '.');
  const candidates = [
    ...(format ? [FORMAT_EXAMPLES[format]] : [fitted]),
    ...(pattern === undefined ? [] : [patternExample(pattern, minLength)]),
    ...(typeof byDefault === 'string' ? [byDefault] : []),
  ];
  return candidates.find((candidate) => fits(candidate, schema)) ?? fitted;
}

function fits(text: string, { pattern, minLength = 0, maxLength = Infinity }: StringSchema): boolean {
  const length = Array.from(text).length;
  return length >= minLength && length <= maxLength && (pattern === undefined || new RegExp(pattern, 'u').test(text));
}

/** Returns 1, or an allowed number near 1. */
function numberExample({ type, multipleOf, ...bounds }: NumberSchema): number {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = bounds;
  const step = multipleOf ?? ([type].flat().includes('integer') ? 1 : 0);
  if (step === 0) {
    const width = Math.min(maximum, exclusiveMaximum) - Math.max(minimum, exclusiveMinimum);
    const inset = Math.min(0.5, width / 2);
    return clamp(1, Math.max(minimum, exclusiveMinimum + inset), Math.min(maximum, exclusiveMaximum - inset));
  }
  // Rounds, because doubles are inexact: -4.01 / 0.01 is -400.99999999999994, and 1999 * 0.01 is 19.990000000000002.
  const inSteps = (number: number) => Number((number / step).toPrecision(12));
  const lowest = Math.max(Math.ceil(inSteps(minimum)), Math.floor(inSteps(exclusiveMinimum)) + 1);
  const highest = Math.min(Math.floor(inSteps(maximum)), Math.ceil(inSteps(exclusiveMaximum)) - 1);
  const steps = clamp(Math.ceil(inSteps(1)), lowest, highest);
  return Number((steps * step).toPrecision(12));
}

function clamp(number: number, lowest: number, highest: number): number {
  return Math.min(Math.max(number, lowest), highest);
}

function arrayExample(items: Schema, name: string, count: number, unique = false): unknown[] {
  const length = Math.max(1, count);
  if (!unique) return Array.from({ length }, () => exampleOf(items, name));
  const allowed = 'enum' in items ? items.enum.slice(0, length) : undefined;
  return allowed ?? Array.from({ length }, (_, index) => distinctExample(items, name, index));
}

function distinctExample(items: Schema, name: string, index: number): unknown {
  const example = exampleOf(items, name, index === 0 ? undefined : `${index + 1}`);
  return typeof example === 'number'
    ? example + index * ('multipleOf' in items ? (items.multipleOf ?? 1) : 1)
    : example;
}
