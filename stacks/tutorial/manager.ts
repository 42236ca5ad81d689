/** Names, ids and examples of the API `manager`. */
import { bodySchema } from '../../function/manager/contract';
import type { ApiDeployment } from '../api-deployment';

export const manager: ApiDeployment = {
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
};
