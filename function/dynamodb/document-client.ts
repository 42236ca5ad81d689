/** The one DynamoDB client of an instance. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { fromDynamoDb } from '../http/json';

/**
 * A call that hangs is given up while the caller still waits: three tries of 1.5 s with back-off
 * end within the function's least timeout (6 s, see stacks/settings.ts).
 * @param maxAttempts how often a call is tried, the first time counted
 */
export function documentClient(maxAttempts = 3): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    maxAttempts,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 1500, throwOnRequestTimeout: true },
  });
  return DynamoDBDocumentClient.from(client, { unmarshallOptions: { wrapNumbers: fromDynamoDb } });
}
