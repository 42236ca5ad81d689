/** Turns a thrown value into a problem for the caller. */
import { isConditionFailed, isItemTooLarge, isUnavailable, type SdkError } from '../dynamodb/errors';
import { Problem } from './problem';

const RETRY_AFTER_SECONDS = '1';

/**
 * Returns a thrown Problem unchanged, and the matching problem for a DynamoDB error. Any other value becomes a 500 that
 * reveals nothing internal. The log gets the cause.
 */
export function problemOf(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  const error = (cause ?? {}) as SdkError;
  if (isConditionFailed(error)) {
    return new Problem(409, 'The item is not in the state that the condition requires. Read it, then decide again.', {
      cause,
    });
  }
  if (isItemTooLarge(error)) {
    return new Problem(
      413,
      'The item is larger than 400 KB (409,600 bytes), names and values counted. Make it smaller.',
      { cause },
    );
  }
  if (isUnavailable(error)) {
    return new Problem(
      503,
      `The table does not answer at the moment. Try again in ${RETRY_AFTER_SECONDS} second or later.`,
      { headers: { 'retry-after': RETRY_AFTER_SECONDS }, cause },
    );
  }
  const detail = 'Something went wrong on our side. Try again; if it persists, report the requestId.';
  return new Problem(500, detail, { cause });
}
