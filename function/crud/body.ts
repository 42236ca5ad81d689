/** Checks the body of a request and collects all its faults. */
import { storageFault } from '../dynamodb/storable';
import type { FieldSchema } from '../http/contract';
import { parseBody } from '../http/json-body';
import { cutName, type InputError } from '../http/problem';
import { describeValue, jsonType } from '../http/value';
import type { CrudContract } from './contract';
import { idFault } from './id';

export interface CheckedBody {
  /** The parsed body. Use it only when `errors` is empty. */
  readonly value: Record<string, unknown>;
  readonly errors: readonly InputError[];
}

/** Checks that a request has no body, for a route that takes no body. */
export function checkNoBody(text: string | null | undefined): CheckedBody {
  return text === undefined
    ? { value: {}, errors: [] }
    : bodyFault('this route takes no body; send the request without one');
}

/**
 * Checks a body against the contract's schema.
 * @param text undefined when no body was sent, null when it is not UTF-8
 */
export function checkBody(text: string | null | undefined, contract: CrudContract): CheckedBody {
  const parsed = parseBody(text, `the fields ${fieldNames(contract)}`);
  if ('fault' in parsed) return bodyFault(parsed.fault);
  return { value: parsed.value, errors: checkFields(parsed.value, contract) };
}

function bodyFault(message: string): CheckedBody {
  return { value: {}, errors: [{ path: 'body', message }] };
}

function checkFields(body: Record<string, unknown>, contract: CrudContract): InputError[] {
  const { properties, required } = contract.schema;
  const errors: InputError[] = [];
  for (const [path, field] of Object.entries(properties)) {
    const message = Object.hasOwn(body, path)
      ? (fieldFault(body[path], field) ??
        (path === contract.key ? idFault(body[path] as string, contract.gateway) : undefined))
      : required.includes(path) && `is missing; send a ${field.type}`;
    if (message) errors.push({ path, message });
  }
  for (const path of Object.keys(body)) {
    if (Object.hasOwn(properties, path)) continue;
    errors.push({ path: cutName(path), message: `is not a known field; known are ${fieldNames(contract)}` });
  }
  return errors;
}

function fieldFault(value: unknown, { type }: FieldSchema): string | undefined {
  return jsonType(value) === type ? storageFault(value) : `must be a ${type}, but was ${describeValue(value)}`;
}

function fieldNames({ schema }: CrudContract): string {
  return Object.keys(schema.properties).join(', ');
}
