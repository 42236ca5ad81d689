/**
 * Sends a command: encodes the body, signs, sends, decodes the result. The steps have the same order as the SDK's
 * middleware.
 */
import { randomUUID } from 'node:crypto';
import type { Config } from './config';
import { decode } from './decode';
import { encode } from './encode';
import { metadataOf, type Metadata, serviceError } from './errors';
import { withRetries } from './retry';
import type { OperationSchema } from './schema';
import { sign } from './sign';
import type { CallOptions, HttpResponse } from './transport';
import { amzUserAgent } from './user-agent';

const SERVICE = 'DynamoDB_20120810';

/** The SDK's limit. When the clocks differ by more, the SDK corrects the time of later signatures. */
const MAX_CLOCK_SKEW_MS = 240_000;

export type Output = Record<string, unknown> & { readonly $metadata: Metadata };

/** @param finish transforms the output. It is part of the attempt, as in the SDK: the strategy may retry its errors. */
export function send(
  config: Config,
  [, , name, , input, output]: OperationSchema,
  value: unknown,
  userAgent: string,
  options: CallOptions,
  finish: (output: Output) => Output = (result) => result,
): Promise<Output> {
  const body = encode(input, value);
  const contentLength = Buffer.byteLength(body);
  const target = `${SERVICE}.${name}`;
  const invocationId = randomUUID();
  const traceId = currentTraceId();
  const { host, path } = config.endpoint;
  return withRetries(config, async (n) => {
    const attempt = `attempt=${n}; max=${config.attemptLimit}`;
    const provided = config.credentials();
    const credentials = provided instanceof Promise ? await provided : provided;
    const unsigned = { path, host, target, invocationId, attempt, amzUserAgent, body, contentLength };
    const { date, bodyHash, authorization } = sign(
      unsigned,
      credentials,
      config.signingRegion,
      Date.now() + config.clockOffsetMs,
    );
    const headers = ['content-type', 'application/x-amz-json-1.0', 'x-amz-target', target];
    headers.push('content-length', String(contentLength), 'x-amz-user-agent', amzUserAgent, 'user-agent', userAgent);
    headers.push('host', host);
    if (traceId) headers.push('X-Amzn-Trace-Id', traceId);
    headers.push('amz-sdk-invocation-id', invocationId, 'amz-sdk-request', attempt, 'x-amz-date', date);
    if (credentials.sessionToken) headers.push('x-amz-security-token', credentials.sessionToken);
    headers.push('x-amz-content-sha256', bodyHash, 'authorization', authorization);
    return finish(parseResponse(await config.requestHandler.send(headers, body, options), output, config));
  });
}

const IN_LAMBDA = Boolean(process.env['AWS_LAMBDA_FUNCTION_NAME']);

/** The value of X-Ray's trace header. Lambda sets the variable for each invocation. */
function currentTraceId(): string | undefined {
  return IN_LAMBDA ? process.env['_X_AMZN_TRACE_ID'] : undefined;
}

function parseResponse(response: HttpResponse, output: OperationSchema[5], config: Config): Output {
  let error: unknown;
  try {
    if (response.bodyError) throw response.bodyError;
    if (response.statusCode < 300) {
      const result = response.body.length > 0 ? decode(output, JSON.parse(response.body.toString())) : {};
      return Object.assign(result as object, { $metadata: metadataOf(response) });
    }
    error = serviceError(response);
  } catch (thrown) {
    error = withResponseHint(thrown as Error, response);
  }
  // Not enumerable: logs of the error do not contain the response.
  Object.defineProperty(error, '$response', { value: response, enumerable: false });
  correctClock(error as { readonly $metadata: Metadata }, response, config);
  throw error as Error;
}

/** Adds the SDK's hint to an error about a body that is incomplete or not JSON. A proxy may answer in HTML. */
function withResponseHint(error: Error, response: HttpResponse): Error {
  error.message +=
    '\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.';
  return Object.assign(error, { $metadata: metadataOf(response) });
}

/** Uses the server's clock for later signatures if it differs too much from the local clock. */
function correctClock(
  { $metadata }: { readonly $metadata: Metadata },
  { headers }: HttpResponse,
  config: Config,
): void {
  const offsetMs = Date.parse(headers['date'] ?? '') - Date.now();
  if (!(Math.abs(offsetMs) >= MAX_CLOCK_SKEW_MS) || headers['age'] !== undefined) return;
  config.clockOffsetMs = offsetMs;
  $metadata.clockSkewCorrected = true;
}
