/** Recognizes the errors that DynamoDB and its SDK throw. */

/** DynamoDB refused the call for now, and did not carry it out. */
const THROTTLING = new Set(['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded']);

/** No answer came in time. */
const TIMEOUTS = new Set(['TimeoutError', 'RequestTimeout', 'RequestTimeoutException']);

/** The properties of the SDK's errors that matter here. */
export interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** The item is not in the state that a condition expression requires. */
export function isConditionFailed({ name }: SdkError): boolean {
  return name === 'ConditionalCheckFailedException';
}

/** The item is above DynamoDB's 400 KB. */
export function isItemTooLarge({ name, message = '' }: SdkError): boolean {
  // "Item size has exceeded the maximum allowed size", and "Item size to update has exceeded ..."
  return name === 'ValidationException' && /item size .*exceeded/i.test(message);
}

export function isThrottling({ name = '' }: SdkError): boolean {
  return THROTTLING.has(name);
}

/** DynamoDB throttles, fails or cannot be reached; a later try may succeed. */
export function isUnavailable(error: SdkError): boolean {
  const { name = '', code = '', $metadata } = error;
  return (
    isThrottling(error) ||
    TIMEOUTS.has(name) ||
    ($metadata?.httpStatusCode ?? 0) >= 500 ||
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/.test(code)
  );
}
