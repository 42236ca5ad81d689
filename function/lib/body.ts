/** Checks a request body against its route's schema and returns all faults at once. */
import type { Contract, FieldSchema, ObjectSchema } from './contract';
import { isInexactNumber, parseJson } from './json';
import { ILL_FORMED, keyFault } from './key';
import { type InputError, shown } from './problem';

export interface CheckedBody {
  /** The body, when it has no faults. */
  readonly value: Record<string, unknown>;
  readonly errors: readonly InputError[];
}

/** Parses and checks the text of a body; `undefined` means that none was sent. */
export function checkBody(
  text: string | undefined,
  schema: ObjectSchema | undefined,
  contract: Pick<Contract, 'gateway' | 'key'>,
): CheckedBody {
  if (!schema) {
    return text === undefined
      ? { value: {}, errors: [] }
      : bodyFault('this route takes no body; send the request without one');
  }
  const fields = Object.keys(schema.properties).join(', ');
  if (text === undefined) {
    return bodyFault(`is missing; send a JSON object with the fields ${fields}`);
  }
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    return bodyFault(`must be JSON, but is not: ${(error as Error).message.slice(0, 200)}`);
  }
  if (!isObject(value)) {
    return bodyFault(`must be a JSON object with the fields ${fields}, but was ${described(value)}`);
  }
  return { value, errors: checkObject(value, schema, contract) };
}

function bodyFault(message: string): CheckedBody {
  return { value: {}, errors: [{ path: 'body', message }] };
}

function checkObject(
  value: Record<string, unknown>,
  schema: ObjectSchema,
  contract: Pick<Contract, 'gateway' | 'key'>,
): InputError[] {
  const errors: InputError[] = [];
  for (const [path, field] of Object.entries(schema.properties)) {
    const message = Object.hasOwn(value, path)
      ? (fieldFault(value[path], field) ??
        (path === contract.key ? keyFault(value[path] as string, contract.gateway) : undefined))
      : schema.required.includes(path) && `is missing; send a ${field.type}`;
    if (message) errors.push({ path, message });
  }
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(schema.properties, key)) continue;
    const known = Object.keys(schema.properties).join(', ');
    errors.push({ path: key.slice(0, 80), message: `is not a known field; known are ${known}` });
  }
  return errors;
}

function fieldFault(value: unknown, { type }: FieldSchema): string | undefined {
  if (isInexactNumber(value) && type === 'number') {
    return (
      `must be a number that can be stored exactly, but was ${value.value.slice(0, 80)}; ` +
      'send one below 2^53 (9007199254740992) with at most 15 significant digits, and 0 without a sign'
    );
  }
  if (typeof value !== type) return `must be a ${type}, but was ${described(value)}`;
  if (typeof value === 'string' && !value.isWellFormed()) return ILL_FORMED;
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isInexactNumber(value);
}

function described(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (isInexactNumber(value)) return `the number ${value.value.slice(0, 80)}`;
  if (typeof value === 'object') return 'an object';
  return `the ${typeof value} ${shown(value)}`;
}
