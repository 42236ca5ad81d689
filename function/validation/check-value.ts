/** Checks a value of parsed JSON against a schema, and reports all its faults together. */
import type { ArraySchema, NumberSchema, ObjectSchema, Schema, StringSchema } from '../contract/schema';
import { storageFault } from '../dynamodb/storable';
import { cutName } from '../http/problem';
import { describeValue, isObject } from '../http/value';
import { canonicalJson } from './canonical';
import { expected, knownNames, plural } from './expected';
import type { Faults } from './faults';
import { isFormat } from './formats';
import { isMultipleOf } from './multiple-of';

/** A further check of a field that fits its schema. @returns the fault, or undefined */
export type Rule = (value: unknown) => string | undefined;

/** Further checks by the names of the fields. */
export type Rules = ReadonlyMap<string, Rule>;

type Names = Record<string, unknown>;

/**
 * Adds the faults of a value to `faults`, and fills in the defaults of fields that were not sent.
 * A value without faults can be stored in DynamoDB exactly as it is.
 * @param value parsed by `parseJson`; objects in it get their defaults in place
 * @param path path of the value in faults; `''` for a body, so that the paths of its fields have no prefix
 * @param rules further checks of the value's fields, not of nested fields
 * @example
 * const faults = new Faults();
 * checkValue(body, api.item, faults, '', keyRules(api));
 * if (faults.count > 0) throw Problem.badInput(faults.listed, faults.count);
 */
export function checkValue(value: unknown, schema: Schema, faults: Faults, path = '', rules?: Rules): void {
  if (schema.type === undefined) {
    if (value !== schema.const) faults.add(path, () => misfit(schema, value));
    return;
  }
  const type = typeof schema.type === 'string' ? schema.type : schema.type[0];
  if (value === null && (type === 'null' || type !== schema.type)) {
    if (!isAllowed(schema, null)) faults.add(path, () => misfit(schema, value));
    return;
  }
  switch (type) {
    case 'string':
      return checkString(value, schema as StringSchema, faults, path);
    case 'number':
    case 'integer':
      return checkNumber(value, schema as NumberSchema, faults, path);
    case 'array':
      return checkArray(value, schema as ArraySchema, faults, path);
    case 'object':
      return checkObject(value, schema as ObjectSchema, faults, path, rules);
    case 'boolean':
      if (typeof value === 'boolean') return;
      return faults.add(path, () => misfit(schema, value));
    case 'null':
      faults.add(path, () => misfit(schema, value));
  }
}

function misfit(schema: Schema, value: unknown): string {
  return `must be ${expected(schema)}, but was ${describeValue(value)}`;
}

function isAllowed(schema: Schema, value: unknown): boolean {
  return !('enum' in schema) || (schema.enum as readonly unknown[]).includes(value);
}

function checkString(value: unknown, schema: StringSchema, faults: Faults, path: string): void {
  const fault = typeof value === 'string' ? storageFault(value) : undefined;
  if (fault !== undefined) return faults.add(path, fault);
  if (typeof value !== 'string' || !isAllowed(schema, value)) return faults.add(path, () => misfit(schema, value));
  const { minLength = 0, maxLength = Infinity, pattern, format } = schema;
  const length = lengthOf(value, minLength, maxLength);
  if (length < minLength || length > maxLength) {
    // A pattern never runs on a string that is longer than maxLength.
    return faults.add(path, () => `must be ${expected(schema)}, but has ${plural(length, 'character')}`);
  }
  if ((pattern !== undefined && !regExpOf(pattern).test(value)) || (format && !isFormat(format, value))) {
    faults.add(path, () => misfit(schema, value));
  }
}

/** Returns the number of code points, or the number of code units if both are within the bounds. */
function lengthOf(text: string, min: number, max: number): number {
  // A code point has one or two code units.
  if (text.length <= max && text.length >= 2 * min) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const regExps = new Map<string, RegExp>();

function regExpOf(pattern: string): RegExp {
  let regExp = regExps.get(pattern);
  if (!regExp) regExps.set(pattern, (regExp = new RegExp(pattern, 'u')));
  return regExp;
}

function checkNumber(value: unknown, schema: NumberSchema, faults: Faults, path: string): void {
  const fault = typeof value === 'string' ? undefined : storageFault(value);
  if (fault !== undefined) return faults.add(path, fault);
  if (typeof value !== 'number' || !isAllowed(schema, value) || !isWithin(value, schema)) {
    faults.add(path, () => misfit(schema, value));
  }
}

function isWithin(value: number, schema: NumberSchema): boolean {
  const { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const isWhole = type === 'integer' || type[0] === 'integer';
  return (
    (!isWhole || Number.isInteger(value)) &&
    (minimum === undefined || value >= minimum) &&
    (maximum === undefined || value <= maximum) &&
    (exclusiveMinimum === undefined || value > exclusiveMinimum) &&
    (exclusiveMaximum === undefined || value < exclusiveMaximum) &&
    (multipleOf === undefined || isMultipleOf(value, multipleOf))
  );
}

function checkArray(value: unknown, schema: ArraySchema, faults: Faults, path: string): void {
  if (!Array.isArray(value)) return faults.add(path, () => misfit(schema, value));
  const { items, minItems = 0, maxItems = Infinity, uniqueItems = false } = schema;
  if (value.length < minItems || value.length > maxItems) {
    faults.add(path, () => `must be ${expected(schema)}, but has ${plural(value.length, 'item')}`);
    // The items of an array that is too long are not checked.
    if (value.length > maxItems) return;
  }
  for (let index = 0; index < value.length; index += 1) checkValue(value[index], items, faults, `${path}[${index}]`);
  if (uniqueItems) checkUnique(value, faults, path);
}

function checkUnique(values: readonly unknown[], faults: Faults, path: string): void {
  const indexes = new Map<string, number>();
  for (let index = 0; index < values.length; index += 1) {
    const text = canonicalJson(values[index]);
    const first = indexes.get(text);
    if (first === undefined) indexes.set(text, index);
    else
      faults.add(`${path}[${index}]`, () => `must differ from the other items, but is the same as ${path}[${first}]`);
  }
}

function checkObject(value: unknown, schema: ObjectSchema, faults: Faults, path: string, rules?: Rules): void {
  if (!isObject(value)) return faults.add(path, () => misfit(schema, value));
  const { properties, required = [] } = schema;
  const prefix = path === '' ? '' : `${path}.`;
  // Object.entries would make an array for each field of each object.
  for (const name in properties) {
    const field = properties[name];
    if (!field) continue;
    if (!Object.hasOwn(value, name)) {
      if (field.default === undefined) {
        if (required.includes(name)) faults.add(prefix + name, () => `is missing; send ${expected(field)}`);
        continue;
      }
      value[name] = copy(field.default);
    }
    const count = faults.count;
    // The check also fills in the defaults within a default object.
    checkValue(value[name], field, faults, prefix + name);
    const fault = faults.count === count ? rules?.get(name)?.(value[name]) : undefined;
    if (fault !== undefined) faults.add(prefix + name, fault);
  }
  checkUnknown(value, properties, faults, prefix);
}

/** Adds a fault for each unknown field. When the list of faults is full, only counts them: a body may have a million fields. */
function checkUnknown(value: Names, properties: Readonly<Names>, faults: Faults, prefix: string): void {
  const known = () => `is not a known field; ${knownNames(Object.keys(properties))}`;
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(properties, name)) continue;
    if (faults.isFull) faults.count += 1;
    else faults.add(prefix + cutName(name), known);
  }
}

function copy(value: unknown): unknown {
  return typeof value === 'object' ? structuredClone(value) : value;
}
