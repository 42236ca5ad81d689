/** Checks a request body, and reports all its faults together. */
import type { Api } from '../../contract/api';
import type { Schema } from '../../contract/schema';
import { storageFault } from '../../dynamodb/storable';
import { parseBody } from '../../http/json-body';
import type { InputError } from '../../http/problem';
import { describeValue, jsonType } from '../../http/value';
import { idFault } from '../id';

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
 * Checks a body against the contract's item.
 * @param text undefined when no body was sent, null when it is not UTF-8
 */
export function checkBody(text: string | null | undefined, api: Api): CheckedBody {
  const parsed = parseBody(text, `the fields ${fieldNames(api)}`);
  if ('fault' in parsed) return bodyFault(parsed.fault);
  return { value: parsed.value, errors: checkFields(parsed.value, api) };
}

function bodyFault(message: string): CheckedBody {
  return { value: {}, errors: [{ path: 'body', message }] };
}

function checkFields(body: Record<string, unknown>, api: Api): InputError[] {
  const { properties, required = [] } = api.item;
  const errors: InputError[] = [];
  for (const [path, field] of Object.entries(properties)) {
    const message = Object.hasOwn(body, path)
      ? (fieldFault(body[path], field) ?? (path === api.key ? idFault(body[path] as string, api.gateway) : undefined))
      : required.includes(path) && `is missing; send a ${String(field.type)}`;
    if (message) errors.push({ path, message });
  }
  for (const path of Object.keys(body)) {
    if (Object.hasOwn(properties, path)) continue;
    errors.push({ path: path.slice(0, 80), message: `is not a known field; known are ${fieldNames(api)}` });
  }
  return errors;
}

function fieldFault(value: unknown, { type }: Schema): string | undefined {
  return jsonType(value) === type ? storageFault(value) : `must be a ${String(type)}, but was ${describeValue(value)}`;
}

function fieldNames({ item }: Api): string {
  return Object.keys(item.properties).join(', ');
}
