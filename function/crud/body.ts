/** Checks a request body against its route's schema and returns all faults at once. */
import type { FieldSchema, ObjectSchema } from '../http/contract';
import { parseBody } from '../http/json-body';
import { keyFault } from '../dynamodb/key';
import type { InputError } from '../http/problem';
import { described, inexactness, typeOf } from '../http/value';
import type { CrudContract } from './contract';

export interface CheckedBody {
  /** The body, when it has no faults. */
  readonly value: Record<string, unknown>;
  readonly errors: readonly InputError[];
}

/**
 * @param text undefined: none was sent; null: it is not UTF-8
 * @param schema undefined: the route takes no body
 */
export function checkBody(
  text: string | null | undefined,
  schema: ObjectSchema | undefined,
  contract: Pick<CrudContract, 'gateway' | 'key'>,
): CheckedBody {
  if (!schema) {
    return text === undefined
      ? { value: {}, errors: [] }
      : bodyFault('this route takes no body; send the request without one');
  }
  const parsed = parseBody(text, `the fields ${Object.keys(schema.properties).join(', ')}`);
  if ('fault' in parsed) return bodyFault(parsed.fault);
  return { value: parsed.value, errors: checkObject(parsed.value, schema, contract) };
}

function bodyFault(message: string): CheckedBody {
  return { value: {}, errors: [{ path: 'body', message }] };
}

function checkObject(
  value: Record<string, unknown>,
  schema: ObjectSchema,
  contract: Pick<CrudContract, 'gateway' | 'key'>,
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
  return typeOf(value) === type ? inexactness(value) : `must be a ${type}, but was ${described(value)}`;
}
