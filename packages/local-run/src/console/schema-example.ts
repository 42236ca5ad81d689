/** Makes a value that fits a JSON Schema, for the form of a route. */
import { isObject } from '../services/is-object';

type Schema = Readonly<Record<string, unknown>>;

/** Schemas can refer to themselves. */
const MAX_DEPTH = 8;

/** Texts by the format of a string. */
const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2030-01-31T12:00:00Z',
  date: '2030-01-31',
  time: '12:00:00Z',
  email: 'name@example.com',
  uuid: '00000000-0000-4000-8000-000000000000',
  uri: 'https://example.com/',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
};

/**
 * Returns the schema's own example, or a value of its type with the required properties. A property without a type is left out. The
 * value may violate a pattern or a condition: the developer edits it.
 * @param root the document that local references (`#/...`) point into
 */
export function exampleOf(schema: Schema, root: Schema): unknown {
  return valueOf(schema, root, 0);
}

function valueOf(unresolved: unknown, root: Schema, depth: number): unknown {
  const schema = resolve(unresolved, root, depth);
  if (!schema) return undefined;
  const [given] = [
    schema['example'],
    first(schema['examples']),
    schema['default'],
    schema['const'],
    first(schema['enum']),
  ].filter((value) => value !== undefined);
  if (given !== undefined) return given;
  switch (typeOf(schema)) {
    case 'object':
      return objectOf(schema, root, depth);
    case 'array':
      return arrayOf(schema, root, depth);
    case 'string':
      return stringOf(schema);
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return true;
    default:
      return null;
  }
}

/** Follows a reference, and merges `allOf` and the first of several alternatives into the schema. */
function resolve(schema: unknown, root: Schema, depth: number): Schema | undefined {
  if (!isObject(schema) || depth > MAX_DEPTH) return undefined;
  const { $ref, ...own } = schema;
  if (typeof $ref === 'string') return resolve({ ...lookUp(root, $ref), ...own }, root, depth + 1);
  const { allOf, anyOf, oneOf, ...rest } = schema;
  const parts = [...list(allOf), ...list(anyOf).slice(0, 1), ...list(oneOf).slice(0, 1)];
  return parts.map((part) => resolve(part, root, depth + 1) ?? {}).reduce(merge, rest);
}

function merge(one: Schema, other: Schema): Schema {
  return {
    ...one,
    ...other,
    properties: { ...(one['properties'] as object), ...(other['properties'] as object) },
    required: [...list(one['required']), ...list(other['required'])],
  };
}

function lookUp(root: Schema, reference: string): Schema {
  const names = reference.split('/').slice(1);
  const decoded = names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const found = decoded.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), root);
  return isObject(found) ? found : {};
}

function typeOf({ type, properties, items }: Schema): unknown {
  if (Array.isArray(type)) return type.find((name) => name !== 'null');
  if (type !== undefined) return type;
  if (isObject(properties) && Object.keys(properties).length > 0) return 'object';
  return items === undefined ? 'object' : 'array';
}

/** All properties when none is required: an empty object shows nothing of the schema. */
function objectOf({ properties, required }: Schema, root: Schema, depth: number): object {
  const all = isObject(properties) ? properties : {};
  const names = list(required).filter((name) => typeof name === 'string');
  const shown = names.length > 0 ? [...new Set(names)] : Object.keys(all);
  const writable = shown.filter((name) => !isObject(all[name]) || all[name]['readOnly'] !== true);
  const entries = writable.map((name) => [name, valueOf(all[name] ?? { type: 'string' }, root, depth + 1)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as object;
}

function arrayOf({ items, minItems }: Schema, root: Schema, depth: number): unknown[] {
  const value = valueOf(items, root, depth + 1);
  const length = Math.min(10, Math.max(1, numberIn(minItems) ?? 1));
  return value === undefined ? [] : Array.from({ length }, () => value);
}

function stringOf({ format, minLength, maxLength }: Schema): string {
  const known = FORMATS[String(format)];
  if (known !== undefined) return known;
  const text = 'text'.padEnd(Math.min(100, numberIn(minLength) ?? 0), 'x');
  return text.slice(0, numberIn(maxLength));
}

function numberOf({ minimum, exclusiveMinimum, maximum, multipleOf }: Schema): number {
  const above = numberIn(exclusiveMinimum);
  const lowest = above === undefined ? numberIn(minimum) : above + 1;
  const step = numberIn(multipleOf) ?? 1;
  const value = Math.ceil((lowest ?? 1) / step) * step;
  const highest = numberIn(maximum);
  return highest !== undefined && value > highest ? highest : value;
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

const first = (value: unknown): unknown => list(value)[0];

const numberIn = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
