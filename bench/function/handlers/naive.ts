/** The four operations of `items` as in the AWS tutorial: no checks, no log, status 400 for every error. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env['TABLE_NAMES'];

interface Event {
  readonly routeKey: string;
  readonly pathParameters: { readonly id: string };
  readonly body: string;
}

async function serve({ routeKey, pathParameters, body }: Event): Promise<unknown> {
  switch (routeKey) {
    case 'PUT /items': {
      const { id, price, name } = JSON.parse(body) as Record<string, unknown>;
      await client.send(new PutCommand({ TableName, Item: { id, price, name } }));
      return `Put item ${String(id)}`;
    }
    case 'GET /items/{id}':
      return { Item: (await client.send(new GetCommand({ TableName, Key: { id: pathParameters.id } }))).Item };
    case 'GET /items':
      return { Items: (await client.send(new ScanCommand({ TableName }))).Items };
    case 'DELETE /items/{id}':
      await client.send(new DeleteCommand({ TableName, Key: { id: pathParameters.id } }));
      return `Deleted item ${pathParameters.id}`;
    default:
      throw new Error(`Unsupported route: ${routeKey}`);
  }
}

export const handler = async (event: Event): Promise<object> => {
  const headers = { 'content-type': 'application/json' };
  try {
    return { statusCode: 200, headers, body: JSON.stringify(await serve(event)) };
  } catch (error) {
    return { statusCode: 400, headers, body: JSON.stringify((error as Error).message) };
  }
};
