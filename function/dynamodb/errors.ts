/** What DynamoDB's and the SDK's errors mean for a caller. */
import { Problem } from '../http/problem';

/** DynamoDB refused the call for now, and has not done it. */
const THROTTLING = new Set(['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded']);

/** Errors, beside these, that a later try may not meet. */
const TRANSIENT = new Set([
  'InternalServerError',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
]);

export function isThrottling(error: unknown): boolean {
  return THROTTLING.has((error as SdkError | undefined)?.name ?? '');
}

/** Seconds that a caller should wait before the next try. */
const RETRY_AFTER = '1';

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** The problem that an error of a DynamoDB call is to its caller; undefined: it is unforeseen. */
export function problemOf(error: unknown): Problem | undefined {
  const { name = '', message = '', code = '', $metadata } = (error ?? {}) as SdkError;
  if (name === 'ConditionalCheckFailedException') {
    return new Problem(
      409,
      'The item is not in the state that the condition asks for. Read it again and decide anew.',
      {
        cause: error,
      },
    );
  }
  // "Item size has exceeded the maximum allowed size", and "Item size to update has exceeded ..."
  if (name === 'ValidationException' && /item size .*exceeded/i.test(message)) {
    return new Problem(
      413,
      'The item is larger than 400 KB (409,600 bytes), names and values counted. Make it smaller.',
      {
        cause: error,
      },
    );
  }
  if (
    THROTTLING.has(name) ||
    TRANSIENT.has(name) ||
    ($metadata?.httpStatusCode ?? 0) >= 500 ||
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/.test(code)
  ) {
    return new Problem(503, `The table does not answer at the moment. Try again in ${RETRY_AFTER} second or later.`, {
      headers: { 'retry-after': RETRY_AFTER },
      cause: error,
    });
  }
  return undefined;
}
