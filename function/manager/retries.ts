/** Decides which calls may be retried. DynamoDB may have executed a call whose answer was lost. */
import { setTimeout } from 'node:timers/promises';
import type { DynamoDBDocumentClient, PutCommand, PutCommandOutput } from '@aws-sdk/lib-dynamodb';
import { isThrottling } from '../dynamodb/errors';
import type { TableOperationName } from './contract';

const MAX_ATTEMPTS = 3;

/** Delay before the second attempt. Before the third, it is doubled. */
const BACKOFF_MS = 50;

/**
 * Whether DynamoDB may execute a call twice. Reads and writes of a whole item are idempotent. These calls are not:
 * - a conditional write, because the first execution can make the condition false
 * - a write that returns old values, because the second execution returns the values of the first
 * - an update, because it can add to a number or append to a list
 */
export function isIdempotent(operation: TableOperationName, payload: Readonly<Record<string, unknown>>): boolean {
  const returnValues = payload['ReturnValues'] ?? 'NONE';
  return operation !== 'update' && payload['ConditionExpression'] === undefined && returnValues === 'NONE';
}

/**
 * Sends a call that DynamoDB must not execute twice. Retries it only after throttling, when DynamoDB has not executed it.
 * @param client a client that does not retry
 */
export async function sendOnce(client: DynamoDBDocumentClient, command: PutCommand): Promise<PutCommandOutput> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await client.send(command);
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isThrottling(error as Error)) throw error;
      await setTimeout(BACKOFF_MS * attempt * (0.5 + Math.random()));
    }
  }
}
