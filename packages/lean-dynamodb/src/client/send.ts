/** Sends a command: body, signature, HTTP, result. The steps and their order are those of the SDK's middleware. */
import { randomUUID } from 'node:crypto';
import type { Config } from './config';
import { decode } from './decode';
import { encode } from './encode';
import { metadataOf, type Metadata, serviceError } from './errors';
import { withRetries } from './retry';
import type { OperationSchema } from './schema';
import { sign } from './sign';
import type { CallOptions, Response } from './transport';
import { amzUserAgent } from './user-agent';

const SERVICE = 'DynamoDB_20120810';

/** The SDK's limit: a larger difference of the clocks explains a refused signature. */
const CLOCK_SKEW_MS = 240_000;

export type Output = Record<string, unknown> & { readonly $metadata: Metadata };

/** @param finish transforms the output. As in the SDK, it belongs to the attempt: its errors are retried. */
export function send(
  config: Config,
  [, , name, , input, output]: OperationSchema,
  value: unknown,
  userAgent: string,
  options: CallOptions,
  finish: (output: Output) => Output = (same) => same,
): Promise<Output> {
  const body = encode(input, value);
  const contentLength = Buffer.byteLength(body);
  const target = `${SERVICE}.${name}`;
  const invocationId = randomUUID();
  const traceId = traceOf();
  const { host, path } = config.endpoint;
  return withRetries(config, async (n) => {
    const attempt = `attempt=${n}; max=${config.attempts}`;
    const found = config.credentials();
    const credentials = found instanceof Promise ? await found : found;
    const unsigned = { path, host, target, invocationId, attempt, amzUserAgent, body, contentLength };
    const { date, bodyHash, authorization } = sign(
      unsigned,
      credentials,
      config.signingRegion,
      Date.now() + config.clockOffset,
    );
    const headers = ['content-type', 'application/x-amz-json-1.0', 'x-amz-target', target];
    headers.push('content-length', String(contentLength), 'x-amz-user-agent', amzUserAgent, 'user-agent', userAgent);
    headers.push('host', host);
    if (traceId) headers.push('X-Amzn-Trace-Id', traceId);
    headers.push('amz-sdk-invocation-id', invocationId, 'amz-sdk-request', attempt, 'x-amz-date', date);
    if (credentials.sessionToken) headers.push('x-amz-security-token', credentials.sessionToken);
    headers.push('x-amz-content-sha256', bodyHash, 'authorization', authorization);
    return finish(parsed(await config.requestHandler.send(headers, body, options), output, config));
  });
}

const IN_LAMBDA = Boolean(process.env['AWS_LAMBDA_FUNCTION_NAME']);

/** X-Ray's trace header. Lambda sets the variable for each invocation. */
function traceOf(): string | undefined {
  return IN_LAMBDA ? process.env['_X_AMZN_TRACE_ID'] : undefined;
}

function parsed(response: Response, output: OperationSchema[5], config: Config): Output {
  let error: unknown;
  try {
    if (response.broken) throw response.broken;
    if (response.statusCode < 300) {
      const result = response.body.length > 0 ? decode(output, JSON.parse(response.body.toString())) : {};
      return Object.assign(result as object, { $metadata: metadataOf(response) });
    }
    error = serviceError(response);
  } catch (thrown) {
    error = unreadable(thrown as Error, response);
  }
  // Not enumerable, so that logs leave it out.
  Object.defineProperty(error, '$response', { value: response, enumerable: false });
  correctClock(error as { readonly $metadata: Metadata }, response, config);
  throw error as Error;
}

/** A body that is not JSON: a proxy may answer in HTML. */
function unreadable(error: Error, response: Response): Error {
  error.message +=
    '\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.';
  return Object.assign(error, { $metadata: metadataOf(response) });
}

function correctClock({ $metadata }: { readonly $metadata: Metadata }, { headers }: Response, config: Config): void {
  const offset = Date.parse(headers['date'] ?? '') - Date.now();
  if (!(Math.abs(offset) >= CLOCK_SKEW_MS) || headers['age'] !== undefined) return;
  config.clockOffset = offset;
  $metadata.clockSkewCorrected = true;
}
