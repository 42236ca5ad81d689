/** Which calls may be tried again: one whose answer was lost may have been done already. */
import { setTimeout } from 'node:timers/promises';
import type { DynamoDBDocumentClient, PutCommand, PutCommandOutput } from '@aws-sdk/lib-dynamodb';
import { isThrottling } from '../dynamodb/errors';
import type { TableOperationName } from './contract';

const MOST_TRIES = 3;

/** Milliseconds before the second try; twice as many before the third. */
const BACK_OFF = 50;

/**
 * Reads, and writes of a whole item, give the same however often they are done. With a condition
 * the second would fail on what the first has done, and would return it as the old values; an
 * update may add, or append.
 */
export function isRepeatable(operation: TableOperationName, payload: Readonly<Record<string, unknown>>): boolean {
  const returned = payload['ReturnValues'] ?? 'NONE';
  return operation !== 'update' && payload['ConditionExpression'] === undefined && returned === 'NONE';
}

/** Tries again only what DynamoDB throttled, and so has not done. @param client one that makes a single try */
export async function sendOnce(client: DynamoDBDocumentClient, command: PutCommand): Promise<PutCommandOutput> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await client.send(command);
    } catch (error) {
      if (tries === MOST_TRIES || !isThrottling(error)) throw error;
      await setTimeout(BACK_OFF * tries * (0.5 + Math.random()));
    }
  }
}
