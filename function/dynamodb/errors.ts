/** Recognizes the errors that DynamoDB and its SDK throw. */

/** Names of throttling errors. DynamoDB has not executed the call. */
const THROTTLING = new Set(['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded']);

/** Names of timeout errors. DynamoDB may have executed the call. */
const TIMEOUTS = new Set(['TimeoutError', 'RequestTimeout', 'RequestTimeoutException']);

/** The properties of an SDK error that this file reads. */
export interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Whether a condition expression was false. */
export function isConditionFailed({ name }: SdkError): boolean {
  return name === 'ConditionalCheckFailedException';
}

/** Whether the item is larger than DynamoDB's maximum of 400 KB. */
export function isItemTooLarge({ name, message = '' }: SdkError): boolean {
  // DynamoDB's messages: "Item size has exceeded the maximum allowed size", "Item size to update has exceeded ...".
  return name === 'ValidationException' && /item size .*exceeded/i.test(message);
}

export function isThrottling({ name = '' }: SdkError): boolean {
  return THROTTLING.has(name);
}

/** Whether DynamoDB throttled the call, failed or was unreachable. A retry may succeed. */
export function isUnavailable(error: SdkError): boolean {
  const { name = '', code = '', $metadata } = error;
  return (
    isThrottling(error) ||
    TIMEOUTS.has(name) ||
    ($metadata?.httpStatusCode ?? 0) >= 500 ||
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/.test(code)
  );
}
