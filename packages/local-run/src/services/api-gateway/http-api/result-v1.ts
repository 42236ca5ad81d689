/** Converts a handler's result into the response of an HTTP API: payload format 1.0. */
import { isObject } from '../../is-object';
import { type HttpResponse, MalformedResultError } from '../gateway';
import { bodyFault, headersFault, multiValueHeadersFault, statusFault } from '../result-faults';
import { toHttpResponse } from './result';

interface Result {
  readonly statusCode: number | string;
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly unknown[]>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

/**
 * Converts a result, which must have a `statusCode`. Unknown keys are ignored (recorded from AWS: localstack,
 * TestHttpApiAwsProxyIntegration, test_aws_proxy_response_payload_format_validation_v1).
 * @param json the handler's result as JSON text
 * @throws MalformedResultError
 */
export function httpApiResponseV1(json: string): HttpResponse {
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = checkResult(JSON.parse(json));
  const multiple = Object.entries(multiValueHeaders ?? {});
  // A header in multiValueHeaders replaces the header with the same name in headers.
  const names = new Set(multiple.map(([name]) => name.toLowerCase()));
  const single = Object.entries(headers ?? {}).filter(([name]) => !names.has(name.toLowerCase()));
  const all = [...single, ...multiple.flatMap(([name, values]) => values.map((value) => [name, value] as const))];
  return toHttpResponse({ statusCode, headers: all, body, isBase64Encoded });
}

function checkResult(result: unknown): Result {
  if (!isObject(result)) {
    throw new MalformedResultError(`the result must be an object, but is ${result === null ? 'null' : typeof result}`);
  }
  const { statusCode, headers, multiValueHeaders, body } = result;
  const faults = [
    statusFault(statusCode),
    headersFault(headers),
    multiValueHeadersFault(multiValueHeaders),
    bodyFault(body),
  ].filter((fault) => typeof fault === 'string');
  if (faults.length > 0) throw new MalformedResultError(faults.join('; '));
  return result as unknown as Result;
}
