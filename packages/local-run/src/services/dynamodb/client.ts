/** Calls DynamoDB for the local run itself. These calls bypass the guard. */
import { once } from 'node:events';
import http from 'node:http';
import { json } from 'node:stream/consumers';
import { DataError } from './data-error';
import { PLACEHOLDER_SIGNATURE } from './placeholder-signature';

export const CALL_TIMEOUT_MS = 10_000;

export interface DynamodbResponse {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Sends a request to the endpoint. Returns the response, also when DynamoDB responds with an error.
 * @param operation for example `DescribeTable`
 * @param signal aborts the call
 * @throws DataError when the endpoint sends no JSON response within CALL_TIMEOUT_MS
 * @throws the signal's reason when the signal aborts the call
 */
export async function callDynamodb(
  endpoint: string,
  operation: string,
  input: object,
  signal?: AbortSignal,
): Promise<DynamodbResponse> {
  const timeout = AbortSignal.timeout(CALL_TIMEOUT_MS);
  try {
    return await post(
      endpoint,
      operation,
      JSON.stringify(input),
      signal ? AbortSignal.any([signal, timeout]) : timeout,
    );
  } catch (error) {
    signal?.throwIfAborted();
    const { message } = (timeout.aborted ? timeout.reason : error) as Error;
    throw new DataError(`DynamoDB cannot be called at ${endpoint}: ${message}. Check that it is running.`);
  }
}

/** Uses node:http, which is already loaded. The first call of `fetch` would delay the start. */
async function post(endpoint: string, operation: string, body: string, signal: AbortSignal): Promise<DynamodbResponse> {
  const { request } = endpoint.startsWith('https:') ? await import('node:https') : http;
  const clientRequest = request(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(body),
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      ...PLACEHOLDER_SIGNATURE,
    },
    signal,
  });
  clientRequest.end(body);
  const [response] = (await once(clientRequest, 'response')) as [http.IncomingMessage];
  return { status: response.statusCode ?? 0, body: (await json(response)) as Record<string, unknown> };
}

/** Whether the body is DynamoDB's error of this type, such as `ResourceNotFoundException`. */
export function hasErrorType(body: DynamodbResponse['body'], type: string): boolean {
  return String(body['__type']).endsWith(type);
}
