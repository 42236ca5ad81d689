/** Decides which calls may be retried. DynamoDB may have executed a call whose answer was lost. */
import type { TableOperationName } from './contract';

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
