/**
 * Replaces ARNs of tables by names, and in responses names by ARNs. DynamoDB accepts both wherever a request names a table, and
 * answers as the request names it; dynalite knows names alone.
 */
import { isObject } from '../../is-object';
import type { RequestInput } from './attribute-names';
import type { Answer } from './dynalite';

/** The ARNs in a request, by the names of their tables. */
export type TableArns = ReadonlyMap<string, string>;

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

/** @returns the ARNs that withTableNames replaces */
export function tableArnsOf({
  TableName: table,
  RequestItems: batch,
  TransactItems: actions,
}: RequestInput): TableArns {
  const parts = Array.isArray(actions) ? actions.filter(isObject).flatMap((action) => Object.values(action)) : [];
  const named = [
    table,
    ...(isObject(batch) ? Object.keys(batch) : []),
    ...parts.filter(isObject).map(({ TableName }) => TableName),
  ];
  return new Map(named.filter(isArn).map((arn) => [nameOf(arn), arn]));
}

/** Members of responses that have tables as keys. */
const MAPS_OF_TABLES = ['Responses', 'UnprocessedKeys', 'UnprocessedItems', 'ItemCollectionMetrics'];

/** @returns the answer with ARNs in place of the names of their tables */
export function withTableArns({ status, body }: Answer, arns: TableArns): Answer {
  if (arns.size === 0) return { status, body };
  const changed = Object.entries(body).map(([name, value]) => {
    if (name === 'ConsumedCapacity') return [name, Array.isArray(value) ? value.map(inCapacity) : inCapacity(value)];
    if (!MAPS_OF_TABLES.includes(name) || !isObject(value)) return [name, value];
    return [name, Object.fromEntries(Object.entries(value).map(([table, part]) => [arns.get(table) ?? table, part]))];
  });
  return { status, body: Object.fromEntries(changed) as Answer['body'] };

  function inCapacity(capacity: unknown): unknown {
    if (!isObject(capacity)) return capacity;
    const { TableName: table } = capacity;
    return { ...capacity, TableName: arns.get(String(table)) ?? table };
  }
}

function isArn(table: unknown): table is string {
  return typeof table === 'string' && table.startsWith('arn:');
}

function nameOf(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}
