/** Makes the DynamoDB client of an execution environment. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { parseNumber } from './number';

/**
 * A document client that gives up before the function times out: three tries of at most 1.5 s, with back-off,
 * end within the shortest timeout that the settings allow (6 s).
 * @param maxAttempts maximum tries of a call, the first one included
 */
export function documentClient(maxAttempts = 3): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    maxAttempts,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 1500, throwOnRequestTimeout: true },
  });
  return DynamoDBDocumentClient.from(client, { unmarshallOptions: { wrapNumbers: parseNumber } });
}
