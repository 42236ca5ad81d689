/** What an HTTP API makes of a handler's result. */
import { validateHeaderName, validateHeaderValue } from 'node:http';

export interface HttpResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** Headers that say how this very connection carries the body: the server sets them. */
const OF_THE_CONNECTION = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding']);

/** A result that the gateway cannot use: the caller gets a 500, the log the reason. */
export class MalformedResult extends Error {
  override readonly name = 'MalformedResult';
}

interface Result {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly cookies: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/**
 * A result without `statusCode` is itself the body of a 200, as JSON.
 * @param json the handler's result as JSON text
 * @throws MalformedResult
 */
export function httpApiResponse(json: string): HttpResponse {
  const result: unknown = JSON.parse(json);
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    const text = typeof result === 'string' ? result : json;
    return { status: 200, headers: [['content-type', 'application/json']], body: Buffer.from(text) };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = checked(result);
  const own = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
    .filter(([name]) => !OF_THE_CONNECTION.has(name));
  const typed = own.some(([name]) => name === 'content-type');
  return {
    status: statusCode,
    headers: [
      ...own,
      ...(typed || body === '' ? [] : [['content-type', 'text/plain;charset=UTF-8'] as const]),
      ...cookies.map((cookie) => ['set-cookie', cookie] as const),
    ],
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

function checked(result: object): Result {
  const { statusCode, headers, cookies, body, isBase64Encoded } = result as Record<string, unknown>;
  const status = Number(statusCode);
  const faults = [
    (!Number.isInteger(status) || status < 200 || status > 599) &&
      `statusCode must be an HTTP status, but is ${JSON.stringify(statusCode)}`,
    isGiven(headers) && headersFault(headers),
    isGiven(cookies) && cookiesFault(cookies),
    isGiven(body) && typeof body !== 'string' && `body must be a string, but is ${typeof body}`,
  ].filter((fault) => typeof fault === 'string');
  if (faults.length > 0) throw new MalformedResult(faults.join('; '));
  return {
    statusCode: status,
    headers: (headers ?? {}) as Record<string, unknown>,
    cookies: (cookies ?? []) as string[],
    body: (body ?? '') as string,
    isBase64Encoded: isBase64Encoded === true,
  };
}

function isGiven(value: unknown): value is object | string | number | boolean {
  return value !== undefined && value !== null;
}

function headersFault(headers: object | string | number | boolean): string | false {
  if (typeof headers !== 'object' || Array.isArray(headers)) return 'headers must be an object';
  for (const [name, value] of Object.entries(headers)) {
    if (!['string', 'number', 'boolean'].includes(typeof value)) {
      return `the header ${JSON.stringify(name)} must be a string, number or boolean, but is ${typeof value}`;
    }
    if (!isSendable(name, String(value)))
      return `the header ${JSON.stringify(name)} has characters that HTTP does not allow`;
  }
  return false;
}

function cookiesFault(cookies: unknown): string | false {
  const fine =
    Array.isArray(cookies) && cookies.every((item) => typeof item === 'string' && isSendable('set-cookie', item));
  return !fine && 'cookies must be an array of strings that HTTP allows in a header';
}

function isSendable(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
