/** Sends calls that DynamoDB must not execute twice. */
import { setTimeout } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isThrottling } from './errors';

const MAX_ATTEMPTS = 3;

/** Delay before the second attempt. Before the third, it is doubled. */
const BACKOFF_MS = 50;

/**
 * Sends a call that DynamoDB must not execute twice. Retries it only after throttling, when DynamoDB has not executed it.
 * @param client a client that does not retry: `documentClient(1)`
 */
export async function sendOnce<R>(
  client: DynamoDBDocumentClient,
  send: (client: DynamoDBDocumentClient) => Promise<R>,
): Promise<R> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(client);
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isThrottling(error as Error)) throw error;
      await setTimeout(BACKOFF_MS * attempt * (0.5 + Math.random()));
    }
  }
}
