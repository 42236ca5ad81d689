/** Contract of the API `manager`: its operations, their DynamoDB actions and their parameters. */
import { defineApi } from '../contract/api';

/** JSON type of a parameter. `names` is an object that maps placeholders to attribute names. */
export type ParameterType = 'object' | 'string' | 'number' | 'boolean' | 'names';

export interface TableOperation {
  readonly action: `dynamodb:${string}`;
  readonly required: readonly string[];
  /** Parameters of the payload: the parameters of the DynamoDB call, without TableName and legacy parameters. */
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

/** All operations: the table operations, `echo` (returns its payload) and `ping` (returns `"pong"`). */
export const operationNames = [...(Object.keys(tableOperations) as TableOperationName[]), 'echo', 'ping'] as const;

export type OperationName = (typeof operationNames)[number];

/** JSON Schema of the body, for API Gateway's request validation. The function also checks the parameters. */
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

export const manager = defineApi({
  name: 'manager',
  gateway: 'rest-api',
  key: 'id',
  // Items may have any other attributes.
  item: { type: 'object', properties: { id: { type: 'string', anyLength: true } }, required: ['id'] },
  auth: { default: 'apiKey' },
  routes: {
    'POST /dynamodbmanager': {
      handler: 'manage',
      actions: Object.values(tableOperations).map(({ action }) => action),
      body: 'raw',
      responses: { 200: { description: 'The result of the operation' } },
    },
  },
});
