/** Reads the text of a path or query parameter as the value of a schema. */
import { typeOf } from '../contract/model';
import type { Schema } from '../contract/schema';
import { parseNumber } from '../dynamodb/number';
import { describeValue } from '../http/value';
import { checkValue } from './check-value';
import { expected } from './expected';
import type { Faults } from './faults';

/** A number as JSON writes it. */
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Reads the text as the schema's type, and adds the faults of the value to `faults`.
 * @param text decoded
 * @param path name of the parameter
 * @example fromText('20', { type: 'integer', maximum: 100 }, faults, 'limit') // 20
 */
export function fromText(text: string, schema: Schema, faults: Faults, path: string): unknown {
  const value = parseText(text, schema);
  // A number in another notation, such as `02` or `0x10`: the fault shows the accepted notation.
  if (isNumeric(schema) && typeof value === 'string' && text.trim() !== '' && Number.isFinite(Number(text)))
    faults.add(path, () => `must be ${expected(schema)}, written as ${Number(text)}, but was ${describeValue(text)}`);
  else checkValue(value, schema, faults, path);
  return value;
}

/** Parses the text as the schema's type. @returns the text itself when it does not have that type */
function parseText(text: string, schema: Schema): unknown {
  switch (typeOf(schema)) {
    case 'number':
    case 'integer':
      return NUMBER.test(text) ? parseNumber(text) : text;
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : text;
    default:
      return text;
  }
}

function isNumeric(schema: Schema): boolean {
  return ['number', 'integer'].includes(typeOf(schema));
}
