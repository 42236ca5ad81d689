/** A Lambda function for the tests. It gets an item, and answers 500 after an error. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 1500, throwOnRequestTimeout: true },
  }),
);

interface GetEvent {
  readonly id: string;
}

export async function handler({ id }: GetEvent): Promise<object> {
  try {
    const { Item } = await client.send(new GetCommand({ TableName: process.env['TABLE_NAMES'], Key: { id } }));
    return { statusCode: 200, body: JSON.stringify(Item) };
  } catch (error) {
    return { statusCode: 500, body: String(error) };
  }
}
