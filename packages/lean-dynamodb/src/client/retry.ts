/** Retries a call with the SDK's retry strategy, which decides whether and when to retry an error. */
import { setTimeout } from 'node:timers/promises';
import {
  getRetryAfterHint,
  INITIAL_RETRY_TOKENS,
  isServerError,
  isThrottlingError,
  isTransientError,
} from '@smithy/core/retry';
import type { Config } from './config';
import type { Metadata } from './errors';

type RetryToken = Awaited<ReturnType<Config['retryStrategy']['acquireInitialRetryToken']>>;

interface SdkError extends Error {
  $metadata?: Partial<Metadata>;
  readonly $response?: unknown;
}

/** @param attempt makes one attempt. `n` is its number, starting at 1. */
export async function withRetries<T extends { readonly $metadata: Metadata }>(
  { retryStrategy }: Config,
  attempt: (n: number) => Promise<T>,
): Promise<T> {
  let token: RetryToken | undefined;
  let totalRetryDelay = 0;
  for (let n = 1; ; n += 1) {
    try {
      const result = await attempt(n);
      // A success refills the strategy's capacity for retries. A full capacity needs no refill.
      if (token || retryStrategy.getCapacity() < INITIAL_RETRY_TOKENS) {
        retryStrategy.recordSuccess(token ?? (await retryStrategy.acquireInitialRetryToken('')));
      }
      result.$metadata.attempts = n;
      result.$metadata.totalRetryDelay = totalRetryDelay;
      return result;
    } catch (thrown) {
      const error = thrown as SdkError;
      try {
        token ??= await retryStrategy.acquireInitialRetryToken('');
        token = await retryStrategy.refreshRetryTokenForRetry(token, errorInfo(error));
      } catch {
        error.$metadata ??= {};
        error.$metadata.attempts = n;
        error.$metadata.totalRetryDelay = totalRetryDelay;
        throw error;
      }
      const retryDelay = token.getRetryDelay();
      totalRetryDelay +=
        ((token as { $retryLog?: { acquisitionDelay?: number } }).$retryLog?.acquisitionDelay ?? 0) + retryDelay;
      if (retryDelay > 0) await setTimeout(retryDelay);
    }
  }
}

type ErrorInfo = Parameters<Config['retryStrategy']['refreshRetryTokenForRetry']>[1];

function errorInfo(error: SdkError): ErrorInfo {
  const errorType = isThrottlingError(error as never)
    ? 'THROTTLING'
    : isTransientError(error as never)
      ? 'TRANSIENT'
      : isServerError(error as never)
        ? 'SERVER_ERROR'
        : 'CLIENT_ERROR';
  const retryAfterHint = getRetryAfterHint(error.$response);
  return { error, errorType, ...(retryAfterHint && { retryAfterHint }) } as ErrorInfo;
}
