/** Converts a handler's result into the response of a REST API: payload format 1.0. */
import { isObject } from '../../is-object';
import { type HttpResponse, MalformedResultError } from '../gateway';
import { bodyFault, headersFault, isPresent, multiValueHeadersFault, statusFault } from '../result-faults';

interface Result {
  readonly statusCode?: number | string | null;
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly unknown[]>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

const RESULT_KEYS = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'];

/**
 * Headers that API Gateway renames, for example to `x-amzn-Remapped-Date` (developer guide, "Important notes for REST APIs";
 * dherault/serverless-offline, issue 236).
 */
const REMAPPED = new Set(['connection', 'content-length', 'date', 'server', 'www-authenticate']);

/** Headers that describe the connection between function and API. They do not reach the caller. */
const DROPPED = new Set(['keep-alive', 'trailer', 'transfer-encoding']);

/**
 * @param json the handler's result as JSON text
 * @param binary whether the caller accepts a binary body. Otherwise `isBase64Encoded` has no effect. @default false
 * @throws MalformedResultError
 */
export function restApiResponse(json: string, binary = false): HttpResponse {
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = checkResult(JSON.parse(json));
  const multiple = Object.entries(multiValueHeaders ?? {});
  // A header in multiValueHeaders replaces the header with the same name in headers.
  const names = new Set(multiple.map(([name]) => name.toLowerCase()));
  const all = [
    ...Object.entries(headers ?? {}).filter(([name]) => !names.has(name.toLowerCase())),
    ...multiple.flatMap(([name, values]) => values.map((value) => [name, value] as const)),
  ].filter(([name]) => !DROPPED.has(name.toLowerCase()));
  const hasType = all.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    status: Number(statusCode ?? 200),
    headers: [
      ...(hasType ? [] : [['content-type', 'application/json'] as const]),
      ...all.map(([name, value]) => [remapName(name), String(value)] as const),
    ],
    body: binary && isBase64Encoded === true ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
}

function remapName(name: string): string {
  return REMAPPED.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name;
}

/** Replaces the header when the response has it, and adds it otherwise. */
export function withHeader(response: HttpResponse, name: string, value: string): HttpResponse {
  const others = response.headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  return { ...response, headers: [...others, [name, value]] };
}

function checkResult(result: unknown): Result {
  if (!isObject(result)) {
    throw new MalformedResultError(`the result must be an object, but is ${result === null ? 'null' : typeof result}`);
  }
  const unknown = Object.keys(result).find((key) => !RESULT_KEYS.includes(key));
  const { statusCode, headers, multiValueHeaders, body } = result;
  const faults = [
    Object.keys(result).length === 0 && 'the result is empty',
    unknown !== undefined && `${JSON.stringify(unknown)} is not one of ${RESULT_KEYS.join(', ')}`,
    isPresent(statusCode) && statusFault(statusCode),
    headersFault(headers),
    multiValueHeadersFault(multiValueHeaders),
    bodyFault(body),
  ].filter((fault) => typeof fault === 'string');
  if (faults.length > 0) throw new MalformedResultError(faults.join('; '));
  return result;
}
