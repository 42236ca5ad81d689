/** What a REST API makes of a handler's result. */
import { type HttpResponse, MalformedResult } from '../integration';
import { bodyFault, headersFault, isGiven, isSendable, notSendable, statusFault } from '../result-faults';

interface Result {
  readonly statusCode?: number | string | null;
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly unknown[]>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

const KEYS = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'];

/**
 * Headers of a result that reach the caller as `x-amzn-Remapped-Date` and so on, as those names are API Gateway's own
 * (developer guide, "Important notes for REST APIs"; dherault/serverless-offline, issue 236).
 */
const REMAPPED = new Set(['connection', 'content-length', 'date', 'server', 'www-authenticate']);

/** Headers that do not reach the caller at all: they are about the connection between function and API. */
const DROPPED = new Set(['keep-alive', 'trailer', 'transfer-encoding']);

/**
 * @param json the handler's result as JSON text
 * @throws MalformedResult
 */
export function restApiResponse(json: string): HttpResponse {
  const { statusCode, headers, multiValueHeaders, body } = checked(JSON.parse(json));
  const multiple = Object.entries(multiValueHeaders ?? {});
  // A header that stands in both is taken from multiValueHeaders.
  const names = new Set(multiple.map(([name]) => name.toLowerCase()));
  const all = [
    ...Object.entries(headers ?? {}).filter(([name]) => !names.has(name.toLowerCase())),
    ...multiple.flatMap(([name, values]) => values.map((value) => [name, value] as const)),
  ].filter(([name]) => !DROPPED.has(name.toLowerCase()));
  const typed = all.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    status: Number(statusCode ?? 200),
    headers: [
      ...(typed ? [] : [['content-type', 'application/json'] as const]),
      ...all.map(([name, value]) => [sentAs(name), String(value)] as const),
    ],
    // Without binary media types isBase64Encoded makes no difference.
    body: body ?? '',
  };
}

function sentAs(name: string): string {
  return REMAPPED.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name;
}

function checked(result: unknown): Result {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) {
    throw new MalformedResult(`the result must be an object, but is ${result === null ? 'null' : typeof result}`);
  }
  const unknown = Object.keys(result).find((key) => !KEYS.includes(key));
  const { statusCode, headers, multiValueHeaders, body } = result as Record<string, unknown>;
  const faults = [
    Object.keys(result).length === 0 && 'the result is empty',
    unknown !== undefined && `${JSON.stringify(unknown)} is not one of ${KEYS.join(', ')}`,
    isGiven(statusCode) && statusFault(statusCode),
    headersFault(headers),
    multiValueHeadersFault(multiValueHeaders),
    bodyFault(body),
  ].filter((fault) => typeof fault === 'string');
  if (faults.length > 0) throw new MalformedResult(faults.join('; '));
  return result;
}

function multiValueHeadersFault(headers: unknown): string | false {
  if (headers === undefined || headers === null) return false;
  if (typeof headers !== 'object' || Array.isArray(headers)) return 'multiValueHeaders must be an object of arrays';
  for (const [name, values] of Object.entries(headers)) {
    if (!Array.isArray(values)) return `the multi-value header ${JSON.stringify(name)} must be an array`;
    if (!values.every((value) => isSendable(name, String(value)))) return notSendable(name);
  }
  return false;
}
