/** Describes the values that a schema accepts, for error messages. */
import type { ArraySchema, NumberSchema, ObjectSchema, Schema, StringSchema } from '../contract/schema';
import { formatNames } from './formats';

/** @example expected({ type: 'integer', minimum: 1, maximum: 9 }) // 'a whole number from 1 to 9' */
export function expected(schema: Schema): string {
  if (schema.type === undefined) return JSON.stringify(schema.const);
  const allowed = allowedValues(schema);
  if (allowed) return allowed.length === 1 ? listed(allowed) : `one of ${listed(allowed)}`;
  return expectedType(schema) + (typeof schema.type === 'string' ? '' : ' or null');
}

/** Lists the names of an object's fields: `known are id, price, name`. */
export function knownNames(names: readonly string[]): string {
  return names.length > 0 ? `known are ${names.join(', ')}` : 'there are none';
}

function allowedValues(schema: Schema): readonly unknown[] | undefined {
  return 'enum' in schema ? schema.enum : undefined;
}

function listed(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ');
}

function expectedType(schema: Exclude<Schema, { readonly type?: undefined }>): string {
  switch (typeof schema.type === 'string' ? schema.type : schema.type[0]) {
    case 'string':
      return expectedString(schema as StringSchema);
    case 'number':
      return `a number${numberRange(schema as NumberSchema)}`;
    case 'integer':
      return `a whole number${numberRange(schema as NumberSchema)}`;
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    case 'array': {
      const { minItems, maxItems } = schema as ArraySchema;
      return `an array${sizeRange(minItems, maxItems, 'item')}`;
    }
    case 'object': {
      const names = Object.keys((schema as ObjectSchema).properties);
      return names.length > 0 ? `an object with the fields ${names.join(', ')}` : 'an object without fields';
    }
  }
}

function expectedString({ minLength, maxLength, pattern, format }: StringSchema): string {
  const kind = format ? formatNames[format] : `a string${sizeRange(minLength, maxLength, 'character')}`;
  return pattern === undefined ? kind : `${kind} that matches ${pattern}`;
}

function sizeRange(min: number | undefined, max: number | undefined, unit: string): string {
  if (min === undefined && max === undefined) return '';
  if (min === undefined) return ` of at most ${plural(max ?? 0, unit)}`;
  if (max === undefined) return ` of at least ${plural(min, unit)}`;
  return min === max ? ` of ${plural(min, unit)}` : ` of ${min} to ${plural(max, unit)}`;
}

/** @example plural(1, 'item') // '1 item' */
export function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function numberRange({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: NumberSchema): string {
  const multiple = multipleOf === undefined ? '' : ` that is a multiple of ${multipleOf}`;
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}${multiple}`;
  const bounds = [
    minimum === undefined ? '' : `at least ${minimum}`,
    exclusiveMinimum === undefined ? '' : `above ${exclusiveMinimum}`,
    maximum === undefined ? '' : `at most ${maximum}`,
    exclusiveMaximum === undefined ? '' : `below ${exclusiveMaximum}`,
  ];
  const text = bounds.filter((bound) => bound !== '').join(' and ');
  return (text === '' ? '' : text.startsWith('at') ? ` of ${text}` : ` ${text}`) + multiple;
}
