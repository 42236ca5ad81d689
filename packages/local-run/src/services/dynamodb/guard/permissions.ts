/** Determines the permissions that a DynamoDB request needs: actions on resources, with the input for condition keys. */

/** An action on a resource. A policy must allow it. */
export interface RequiredPermission {
  /** For example `dynamodb:GetItem`. */
  readonly action: string;
  /** An ARN, or `*` for an action without a resource. */
  readonly resource: string;
  /** The part of the request that concerns this resource. */
  readonly part: RequestInput;
  /** The items and keys in this part of the request: attribute maps that contain at least the key. */
  readonly items: readonly unknown[];
}

export type RequestInput = Readonly<Record<string, unknown>>;

/** Operations on a table. The parameter `TableName` names it. */
const TABLE_OPERATIONS = new Set([
  ...['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan'],
  ...['CreateTable', 'DescribeTable', 'UpdateTable', 'DeleteTable'],
  ...['DescribeTimeToLive', 'UpdateTimeToLive', 'DescribeContinuousBackups', 'UpdateContinuousBackups'],
]);

/** Operations on a resource. The parameter `ResourceArn` names it. */
const ARN_OPERATIONS = new Set(['TagResource', 'UntagResource', 'ListTagsOfResource']);

/** Operations without a resource: a policy must allow them on `*`. */
const ACCOUNT_OPERATIONS = new Set(['ListTables', 'DescribeLimits', 'DescribeEndpoints']);

/** Developer Guide, "Using IAM with DynamoDB transactions": each part needs the permission of its own operation. */
const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/** Whether the guard knows which permissions an operation needs. */
export function isKnownOperation(operation: string): boolean {
  return requiredPermissions(operation, {}, '') !== undefined;
}

/**
 * Returns the permissions that a request needs. A part without a table name needs none: DynamoDB refuses the request.
 * @param tablePrefix the ARN of a table without its name: `arn:aws:dynamodb:us-east-1:000000000000:table/`
 * @returns undefined for an unknown operation
 */
export function requiredPermissions(
  operation: string,
  input: RequestInput,
  tablePrefix: string,
): RequiredPermission[] | undefined {
  const action = `dynamodb:${operation}`;
  if (TABLE_OPERATIONS.has(operation)) {
    return onTable(action, input, tablePrefix, itemsOf(input), input['IndexName']);
  }
  if (ACCOUNT_OPERATIONS.has(operation)) return [{ action, resource: '*', part: input, items: [] }];
  if (ARN_OPERATIONS.has(operation)) {
    const { ResourceArn: resource } = input;
    return typeof resource === 'string' ? [{ action, resource, part: input, items: [] }] : [];
  }
  switch (operation) {
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.entries(asObject(input['RequestItems'])).flatMap(([table, part]) =>
        onTable(action, { ...input, TableName: table }, tablePrefix, batchItems(part)),
      );
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return asList(input['TransactItems']).flatMap((entry) =>
        Object.entries(asObject(entry)).flatMap(([kind, value]) => {
          const partOperation = Object.hasOwn(TRANSACTION_ACTIONS, kind) ? TRANSACTION_ACTIONS[kind] : undefined;
          const part = asObject(value);
          return partOperation ? onTable(`dynamodb:${partOperation}`, part, tablePrefix, itemsOf(part)) : [];
        }),
      );
    default:
      return undefined;
  }
}

function onTable(
  action: string,
  part: RequestInput,
  tablePrefix: string,
  items: readonly unknown[],
  index?: unknown,
): RequiredPermission[] {
  const { TableName: name } = part;
  if (typeof name !== 'string' || name === '') return [];
  // TableName may be an ARN since 2024.
  const table = name.startsWith('arn:') ? name : tablePrefix + name;
  const resource = typeof index === 'string' ? `${table}/index/${index}` : table;
  return [{ action, resource, part, items }];
}

function itemsOf({ Key: key, Item: item }: RequestInput): unknown[] {
  return [key, item].filter((value) => value !== undefined);
}

/** BatchGetItem has `{Keys: [...]}`, BatchWriteItem `[{PutRequest: {Item}}, {DeleteRequest: {Key}}]`. */
function batchItems(part: unknown): unknown[] {
  if (!Array.isArray(part)) return asList(asObject(part)['Keys']);
  return part.flatMap((write) => Object.values(asObject(write)).flatMap((request) => itemsOf(asObject(request))));
}

function asObject(value: unknown): RequestInput {
  return typeof value === 'object' && value !== null ? (value as RequestInput) : {};
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
