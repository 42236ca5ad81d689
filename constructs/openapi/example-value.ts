/** Makes an example value of a schema. */
import type { NumberSchema, ObjectSchema, Schema, StringSchema } from '../../function/contract/schema';

const FORMATS = {
  date: '2026-11-29',
  'date-time': '2026-11-29T10:00:00.000Z',
  email: 'ada@example.com',
  uri: 'https://example.com/',
  uuid: '01930000-0000-7000-8000-000000000001',
} as const;

/** Texts for patterns; the first one that fits is taken. */
const TEXTS = [
  'example',
  'example-1',
  'EXAMPLE-1',
  'Example',
  'a',
  'A',
  '1',
  '12345',
  'a1',
  'A1',
  'abc123',
  'ABC-123',
  'ABC',
];

/**
 * An example from the schema: its own example, its default, or a value that fits its rules.
 * @param fields examples for fields by their names, also of nested ones
 * @returns undefined when no value is found, for example for a pattern that none of some common texts matches
 * @example exampleValue({ type: 'integer', minimum: 1 }) // 1
 */
export function exampleValue(schema: Schema, fields: Readonly<Record<string, unknown>> = {}): unknown {
  if (schema.examples?.[0] !== undefined) return schema.examples[0];
  if (schema.type === undefined) return schema.const;
  if ('enum' in schema) return schema.enum[0];
  if (schema.default !== undefined && schema.default !== null && typeof schema.default !== 'object')
    return schema.default;
  switch (typeof schema.type === 'string' ? schema.type : schema.type[0]) {
    case 'string':
      return exampleText(schema as StringSchema);
    case 'number':
    case 'integer':
      return exampleNumber(schema as NumberSchema);
    case 'boolean':
      return true;
    case 'array': {
      const { items, minItems = 0, maxItems = 1 } = schema as Extract<Schema, { items: Schema }>;
      const item = exampleValue(items, fields);
      if (minItems > 1 || item === undefined) return minItems === 0 ? [] : undefined;
      return maxItems === 0 ? [] : [item];
    }
    case 'object':
      return exampleObject(schema as ObjectSchema, fields);
    default:
      return null;
  }
}

/** Optional fields without an example are left out. */
function exampleObject(schema: ObjectSchema, fields: Readonly<Record<string, unknown>>): object | undefined {
  const { properties, required = [] } = schema;
  const example: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(properties)) {
    const value = Object.hasOwn(fields, name) ? fields[name] : exampleValue(field, fields);
    if (value !== undefined) example[name] = value;
    else if (required.includes(name)) return undefined;
  }
  return example;
}

function exampleText({ format, pattern, minLength = 0, maxLength = Infinity }: StringSchema): string | undefined {
  const texts = format ? [FORMATS[format]] : [...TEXTS, 'x'.repeat(Math.min(minLength, 1000))];
  return texts.find(
    (text) => text.length >= minLength && text.length <= maxLength && (!pattern || new RegExp(pattern, 'u').test(text)),
  );
}

function exampleNumber(schema: NumberSchema): number | undefined {
  const { type, minimum = -Infinity, maximum = Infinity, multipleOf } = schema;
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = schema;
  const isWhole = [type].flat().includes('integer');
  const step =
    multipleOf ??
    (isWhole ? 1 : exclusiveMaximum - exclusiveMinimum < 1 ? (exclusiveMaximum - exclusiveMinimum) / 2 : 1);
  const bounds = [minimum, exclusiveMinimum, maximum, exclusiveMaximum].filter(Number.isFinite);
  const multiples = bounds.flatMap((bound) => [Math.floor(bound / step), Math.ceil(bound / step)]);
  const candidates = [1, ...multiples.flatMap((n) => [n - 1, n, n + 1]).map((n) => decimal(n * step)), step, ...bounds];
  return candidates.find(
    (value) =>
      value >= minimum &&
      value <= maximum &&
      value > exclusiveMinimum &&
      value < exclusiveMaximum &&
      (!isWhole || Number.isInteger(value)) &&
      (multipleOf === undefined || decimal(Math.round(value / multipleOf) * multipleOf) === value),
  );
}

/** Without the error of binary fractions: 3 * 0.1 is 0.3. */
function decimal(value: number): number {
  return Number(value.toPrecision(12));
}
