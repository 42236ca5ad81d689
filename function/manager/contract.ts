/** System `manager`: the operations, their DynamoDB actions and parameters. Both the stack and the function read this. */
import type { Contract } from '../http/contract';

/** JSON types of parameters; `names` and `values` are what expressions refer to. */
export type ParameterType = 'object' | 'string' | 'number' | 'boolean' | 'names';

export interface TableOperation {
  readonly action: `dynamodb:${string}`;
  readonly required: readonly string[];
  /** The payload's parameters: those of the DynamoDB call, its legacy ones and TableName left out. */
  readonly parameters: Readonly<Record<string, ParameterType>>;
}

const EXPRESSION = { ExpressionAttributeNames: 'names', ExpressionAttributeValues: 'object' } as const;

const WRITE = {
  ...EXPRESSION,
  ConditionExpression: 'string',
  ReturnValues: 'string',
  ReturnConsumedCapacity: 'string',
  ReturnItemCollectionMetrics: 'string',
} as const;

const READ = {
  ConsistentRead: 'boolean',
  ProjectionExpression: 'string',
  ReturnConsumedCapacity: 'string',
} as const;

export const tableOperations = {
  create: { action: 'dynamodb:PutItem', required: ['Item'], parameters: { Item: 'object', ...WRITE } },
  read: {
    action: 'dynamodb:GetItem',
    required: ['Key'],
    parameters: { Key: 'object', ExpressionAttributeNames: 'names', ...READ },
  },
  update: {
    action: 'dynamodb:UpdateItem',
    required: ['Key'],
    parameters: { Key: 'object', UpdateExpression: 'string', ...WRITE },
  },
  delete: { action: 'dynamodb:DeleteItem', required: ['Key'], parameters: { Key: 'object', ...WRITE } },
  list: {
    action: 'dynamodb:Scan',
    required: [],
    parameters: {
      ...EXPRESSION,
      ...READ,
      Limit: 'number',
      ExclusiveStartKey: 'object',
      FilterExpression: 'string',
      Select: 'string',
      Segment: 'number',
      TotalSegments: 'number',
    },
  },
} as const satisfies Record<string, TableOperation>;

export type TableOperationName = keyof typeof tableOperations;

/** Every operation: those on tables, `echo` (answers its payload) and `ping` (answers `"pong"`). */
export const operationNames = [...(Object.keys(tableOperations) as TableOperationName[]), 'echo', 'ping'] as const;

export type OperationName = (typeof operationNames)[number];

/** JSON Schema of the body, for API Gateway; what it has beyond this the function checks. */
export const bodySchema = {
  type: 'object',
  properties: {
    operation: { type: 'string', enum: operationNames },
    tableName: { type: 'string' },
    payload: {},
  },
  required: ['operation'],
  additionalProperties: false,
} as const;

export const manager = {
  name: 'manager',
  gateway: 'rest-api',
  key: 'id',
  routes: [
    {
      method: 'POST',
      path: '/dynamodbmanager',
      actions: Object.values(tableOperations).map(({ action }) => action),
    },
  ],
} as const satisfies Contract & { readonly key: string };
