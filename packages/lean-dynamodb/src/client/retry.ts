/** Tries a call again by the SDK's own strategy: which errors, how often, how long to wait, and when to stop for good. */
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

/** @param attempt makes the n-th try, from 1 on */
export async function withRetries<T extends { readonly $metadata: Metadata }>(
  { retryStrategy }: Config,
  attempt: (n: number) => Promise<T>,
): Promise<T> {
  let token: RetryToken | undefined;
  let delay = 0;
  for (let n = 1; ; n += 1) {
    try {
      const result = await attempt(n);
      // What a success adds to the strategy's capacity for retries matters once some of that is spent.
      if (token || retryStrategy.getCapacity() < INITIAL_RETRY_TOKENS) {
        retryStrategy.recordSuccess(token ?? (await retryStrategy.acquireInitialRetryToken('')));
      }
      result.$metadata.attempts = n;
      result.$metadata.totalRetryDelay = delay;
      return result;
    } catch (thrown) {
      const error = thrown as SdkError;
      try {
        token ??= await retryStrategy.acquireInitialRetryToken('');
        token = await retryStrategy.refreshRetryTokenForRetry(token, infoOf(error));
      } catch {
        error.$metadata ??= {};
        error.$metadata.attempts = n;
        error.$metadata.totalRetryDelay = delay;
        throw error;
      }
      const own = token.getRetryDelay();
      delay += ((token as { $retryLog?: { acquisitionDelay?: number } }).$retryLog?.acquisitionDelay ?? 0) + own;
      if (own > 0) await setTimeout(own);
    }
  }
}

type ErrorInfo = Parameters<Config['retryStrategy']['refreshRetryTokenForRetry']>[1];

function infoOf(error: SdkError): ErrorInfo {
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
