/**
 * Names, ids and settings that the three systems of the tutorials have had from the start. Terraform identifies resources by
 * them: another name or id would replace a table and lose its items.
 */
import { bodySchema } from '../function/manager/contract';
import type { ApiDeployment, ApiNames } from './api-deployment';

const ITEMS = 'http-crud-tutorial';

export const TUTORIAL_APIS: Readonly<Record<string, ApiDeployment>> = {
  items: {
    names: {
      table: [ITEMS, 'items'],
      function: [ITEMS, 'function'],
      role: [ITEMS, 'role'],
      api: [ITEMS, 'api'],
      ...keyNames(ITEMS),
    },
    tableId: 'items',
    functionWords: {
      'PUT /items': 'put',
      'GET /items/{id}': 'get',
      'GET /items': 'list',
      'DELETE /items/{id}': 'delete',
    },
  },
  manager: {
    names: {
      table: ['lambda-apigateway'],
      function: ['LambdaFunctionOverHttps'],
      role: ['lambda-apigateway', 'role'],
      api: ['DynamoDBOperations'],
      apiKey: ['Lambda-key'],
      usagePlan: ['Lambda-dynamoDB-usageplan'],
    },
    functionPerRoute: false,
    bodySchemas: { 'POST /dynamodbmanager': bodySchema },
    examples: (tableName) => ({
      'POST /dynamodbmanager': {
        body: { operation: 'create', tableName, payload: { Item: { id: 'example-1', number: 5 } } },
      },
    }),
  },
  products: {
    names: {
      table: ['product'],
      function: ['productFunction'],
      role: ['productFunction', 'role'],
      api: ['productApi'],
      ...keyNames('product'),
    },
    tableId: 'product',
    functionPerRoute: false,
  },
};

/** These APIs have no API key. */
function keyNames(start: string): Pick<ApiNames, 'apiKey' | 'usagePlan'> {
  return { apiKey: [start, 'key'], usagePlan: [start, 'usage-plan'] };
}
