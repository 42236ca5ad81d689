/** Checks of a handler's result, shared by HTTP APIs and REST APIs. Each check returns the fault as text, or false. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { isObject } from '../is-object';

/** @param statusCode an HTTP status, as a number or as text */
export function statusFault(statusCode: unknown): string | false {
  const status = Number(statusCode);
  const isValid = isNumberOrText(statusCode) && Number.isInteger(status) && status >= 200 && status <= 599;
  return !isValid && `statusCode must be an HTTP status, but is ${JSON.stringify(statusCode)}`;
}

export function headersFault(headers: unknown): string | false {
  if (headers === undefined || headers === null) return false;
  if (!isObject(headers)) return 'headers must be an object';
  for (const [name, value] of Object.entries(headers)) {
    if (!['string', 'number', 'boolean'].includes(typeof value)) {
      return `the header ${JSON.stringify(name)} must be a string, number or boolean, but is ${typeof value}`;
    }
    if (!isSendable(name, String(value))) return unsendableHeader(name);
  }
  return false;
}

export function multiValueHeadersFault(headers: unknown): string | false {
  if (headers === undefined || headers === null) return false;
  if (!isObject(headers)) return 'multiValueHeaders must be an object of arrays';
  for (const [name, values] of Object.entries(headers)) {
    if (!Array.isArray(values)) return `the multi-value header ${JSON.stringify(name)} must be an array`;
    if (!values.every((value) => isSendable(name, String(value)))) return unsendableHeader(name);
  }
  return false;
}

export function bodyFault(body: unknown): string | false {
  return isPresent(body) && typeof body !== 'string' && `body must be a string, but is ${typeof body}`;
}

function unsendableHeader(name: string): string {
  return `the header ${JSON.stringify(name)} has characters that HTTP does not allow`;
}

export function isSendable(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

export function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isNumberOrText(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}
