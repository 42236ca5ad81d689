/** Decides which calls may be retried. A call whose answer was lost may have been carried out already. */
import { setTimeout } from 'node:timers/promises';
import type { DynamoDBDocumentClient, PutCommand, PutCommandOutput } from '@aws-sdk/lib-dynamodb';
import { isThrottling } from '../dynamodb/errors';
import type { TableOperationName } from './contract';

const MAX_TRIES = 3;

/** Delay before the second try; it doubles before the third. */
const BACKOFF_MS = 50;

/**
 * Whether a call has the same result when it is carried out twice. Reads do, and writes of a whole item.
 * A conditional write may fail on its own first try, old values would be those of the first try, and an update
 * may add or append.
 */
export function isRepeatable(operation: TableOperationName, payload: Readonly<Record<string, unknown>>): boolean {
  const returnValues = payload['ReturnValues'] ?? 'NONE';
  return operation !== 'update' && payload['ConditionExpression'] === undefined && returnValues === 'NONE';
}

/**
 * Sends a call that must not be carried out twice: retries it only when DynamoDB throttled it.
 * @param client a client that does not retry
 */
export async function sendOnce(client: DynamoDBDocumentClient, command: PutCommand): Promise<PutCommandOutput> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await client.send(command);
    } catch (error) {
      if (tries === MAX_TRIES || !isThrottling(error as Error)) throw error;
      await setTimeout(BACKOFF_MS * tries * (0.5 + Math.random()));
    }
  }
}
