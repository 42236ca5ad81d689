/** Replaces ARNs of tables by names. DynamoDB accepts both wherever a request names a table; dynalite accepts names alone. */
import { isObject } from '../../is-object';
import type { RequestInput } from './attribute-names';

/** @returns the request with table names in place of ARNs; the same object when it has no ARN */
export function withTableNames(input: RequestInput): RequestInput {
  const { TableName: table, RequestItems: batch, TransactItems: actions } = input;
  if (isArn(table)) return { ...input, TableName: nameOf(table) };
  if (isObject(batch) && Object.keys(batch).some(isArn)) {
    const named = Object.entries(batch).map(([key, value]) => [isArn(key) ? nameOf(key) : key, value]);
    return { ...input, RequestItems: Object.fromEntries(named) as RequestInput };
  }
  if (!Array.isArray(actions)) return input;
  const named = actions.map((action: unknown) =>
    isObject(action)
      ? Object.fromEntries(
          Object.entries(action).map(([kind, part]) => [kind, isObject(part) ? withTableNames(part) : part]),
        )
      : action,
  );
  return { ...input, TransactItems: named };
}

function isArn(table: unknown): table is string {
  return typeof table === 'string' && table.startsWith('arn:');
}

function nameOf(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}
