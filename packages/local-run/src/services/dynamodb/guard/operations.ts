/** What a request to DynamoDB asks for: the actions that have to be allowed, each with its resource and condition keys. */

/** An action on a resource. */
export interface Asked {
  /** `dynamodb:GetItem`. */
  readonly action: string;
  /** An ARN, or `*` for an action that has no resource. */
  readonly resource: string;
  /** The part of the request that is about this resource. */
  readonly part: Readonly<Record<string, unknown>>;
  /** The keys of the items that the request names, each as the part of an attribute map that has them. */
  readonly items: readonly unknown[];
}

/** Where table names are: `arn:aws:dynamodb:us-east-1:000000000000:table/`. */
export type TablePrefix = string;

type Input = Readonly<Record<string, unknown>>;

/** On one table, which `TableName` names. */
const ON_TABLE = new Set([
  ...['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan'],
  ...['CreateTable', 'DescribeTable', 'UpdateTable', 'DeleteTable'],
  ...['DescribeTimeToLive', 'UpdateTimeToLive', 'DescribeContinuousBackups', 'UpdateContinuousBackups'],
]);

/** On what `ResourceArn` names. */
const ON_ARN = new Set(['TagResource', 'UntagResource', 'ListTagsOfResource']);

/** On no resource: a policy has to say `*`. */
const ON_NOTHING = new Set(['ListTables', 'DescribeLimits', 'DescribeEndpoints']);

/** Developer Guide, "Using IAM with DynamoDB transactions": each part needs the permission of its own operation. */
const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/**
 * @returns undefined for an operation that is not understood. Parts that name no table ask for nothing: DynamoDB can do
 * nothing with them, and refuses the request.
 */
export function askedBy(operation: string, input: Input, tables: TablePrefix): Asked[] | undefined {
  const action = `dynamodb:${operation}`;
  if (ON_TABLE.has(operation)) return onTable(action, input, input['IndexName'], tables, itemsOf(input));
  if (ON_NOTHING.has(operation)) return [{ action, resource: '*', part: input, items: [] }];
  if (ON_ARN.has(operation)) {
    const { ResourceArn: resource } = input;
    return typeof resource === 'string' ? [{ action, resource, part: input, items: [] }] : [];
  }
  switch (operation) {
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.entries(object(input['RequestItems'])).flatMap(([name, part]) =>
        onTable(action, { ...input, TableName: name }, undefined, tables, batchItems(part)),
      );
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return list(input['TransactItems']).flatMap((entry) =>
        Object.entries(object(entry)).flatMap(([kind, part]) => {
          const own = Object.hasOwn(TRANSACTION_ACTIONS, kind) ? TRANSACTION_ACTIONS[kind] : undefined;
          if (own === undefined) return [];
          return onTable(`dynamodb:${own}`, object(part), undefined, tables, itemsOf(object(part)));
        }),
      );
    default:
      return undefined;
  }
}

function onTable(action: string, part: Input, index: unknown, tables: TablePrefix, items: readonly unknown[]): Asked[] {
  const { TableName: name } = part;
  if (typeof name !== 'string' || name === '') return [];
  // Since 2024 a table may be named by its ARN.
  const table = name.startsWith('arn:') ? name : tables + name;
  const resource = typeof index === 'string' ? `${table}/index/${index}` : table;
  return [{ action, resource, part, items }];
}

function itemsOf({ Key: key, Item: item }: Input): unknown[] {
  return [key, item].filter((value) => value !== undefined);
}

/** Of BatchGetItem `{Keys: [...]}`, of BatchWriteItem `[{PutRequest: {Item}}, {DeleteRequest: {Key}}]`. */
function batchItems(part: unknown): unknown[] {
  if (!Array.isArray(part)) return list(object(part)['Keys']);
  return part.flatMap((write) => Object.values(object(write)).flatMap((request) => itemsOf(object(request))));
}

function object(value: unknown): Input {
  return typeof value === 'object' && value !== null ? (value as Input) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
