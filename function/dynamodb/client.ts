/** Makes the DynamoDB client of an execution environment. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { parseNumber } from './number';

/**
 * Makes a document client that gives up before the function times out: three attempts of at most 1.5 s, with backoff,
 * take less than 6 s, the minimum of the setting `timeoutSeconds`.
 * @param maxAttempts maximum number of attempts for a call, including the first
 */
export function documentClient(maxAttempts = 3): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    maxAttempts,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 1500, throwOnRequestTimeout: true },
  });
  return DynamoDBDocumentClient.from(client, { unmarshallOptions: { wrapNumbers: parseNumber } });
}
