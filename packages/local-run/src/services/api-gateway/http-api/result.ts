/** Converts a handler's result into the response of an HTTP API: payload format 2.0. */
import { isObject } from '../../is-object';
import { type HttpResponse, MalformedResultError } from '../gateway';
import { bodyFault, headersFault, isPresent, isSendable, statusFault } from '../result-faults';

interface Result {
  readonly statusCode: number | string;
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly cookies?: readonly string[] | null;
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
}

/** Headers that describe the connection to the caller. The server sets them. */
const CONNECTION_HEADERS = new Set(['connection', 'content-length', 'keep-alive', 'trailer', 'transfer-encoding']);

/**
 * Converts a result. Without a `statusCode`, the whole result is the body, as JSON, and the status is 200.
 * @param json the handler's result as JSON text
 * @throws MalformedResultError
 */
export function httpApiResponse(json: string): HttpResponse {
  const result: unknown = JSON.parse(json);
  // API Gateway treats this result as Lambda's report of a failed invocation (recorded from AWS: localstack,
  // TestHttpApiAwsProxyIntegration, test_aws_proxy_response_payload_format_validation_v2).
  if (isObject(result) && !('statusCode' in result) && 'errorMessage' in result) {
    throw new MalformedResultError('it has an errorMessage and no statusCode, like the report of a failed invocation');
  }
  if (!isObject(result) || !('statusCode' in result)) {
    const text = typeof result === 'string' ? result : json;
    return { status: 200, headers: [['content-type', 'application/json']], body: text };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = checkResult(result);
  const response = toHttpResponse({ statusCode, headers: Object.entries(headers ?? {}), body, isBase64Encoded });
  const cookieHeaders = (cookies ?? []).map((cookie) => ['set-cookie', cookie] as const);
  return { ...response, headers: [...response.headers, ...cookieHeaders] };
}

interface CheckedResult extends Pick<Result, 'statusCode' | 'body' | 'isBase64Encoded'> {
  readonly headers: readonly (readonly [name: string, value: unknown])[];
}

/** Converts a checked result of either payload format. Names of headers become lower case. */
export function toHttpResponse({ statusCode, headers, body, isBase64Encoded }: CheckedResult): HttpResponse {
  const sentHeaders = headers
    .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
    .filter(([name]) => !CONNECTION_HEADERS.has(name));
  const hasType = sentHeaders.some(([name]) => name === 'content-type');
  return {
    status: Number(statusCode),
    headers: [...sentHeaders, ...(hasType || !body ? [] : [['content-type', 'text/plain;charset=UTF-8'] as const])],
    body: isBase64Encoded === true ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
}

function checkResult(result: object): Result {
  const { statusCode, headers, cookies, body } = result as Record<string, unknown>;
  const faults = [statusFault(statusCode), headersFault(headers), cookiesFault(cookies), bodyFault(body)];
  const found = faults.filter((fault) => typeof fault === 'string');
  if (found.length > 0) throw new MalformedResultError(found.join('; '));
  return result as Result;
}

function cookiesFault(cookies: unknown): string | false {
  if (!isPresent(cookies)) return false;
  const isValid =
    Array.isArray(cookies) && cookies.every((item) => typeof item === 'string' && isSendable('set-cookie', item));
  return !isValid && 'cookies must be an array of strings that HTTP allows in a header';
}
