import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';

const animals = JSON.parse(readFileSync(new URL('animals.json', import.meta.url)));
const pets = DynamoDBDocumentClient.from(new DynamoDBClient());
const TableName = process.env.TABLE;

const fail = (statusCode, error) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error }),
});

async function admit(event) {
  const { id, animal, name } = JSON.parse(event.body);
  if (!animals.includes(animal)) return fail(400, `we take ${animals.join(', ')}`);
  await pets.send(new PutCommand({ TableName, Item: { id, animal, name } }));
  return { statusCode: 201, headers: { location: `/pets/${id}` }, body: name };
}

async function list({ queryStringParameters }) {
  const { Items } = await pets.send(
    new ScanCommand({
      TableName,
      ...(queryStringParameters?.animal && {
        FilterExpression: 'animal IN (:animal)',
        ExpressionAttributeValues: { ':animal': queryStringParameters.animal },
      }),
    }),
  );
  return { pets: Items.map(({ name }) => name).sort() };
}

async function show(id) {
  const { Item } = await pets.send(new GetCommand({ TableName, Key: { id } }));
  return Item ?? fail(404, 'no such pet');
}

async function adopt(id) {
  await pets.send(new DeleteCommand({ TableName, Key: { id } }));
  return { statusCode: 204 };
}

export async function handler(event, context) {
  const { method } = event.requestContext.http;
  const [, collection, id] = event.rawPath.split('/');
  if (collection === 'version') return { arn: context.invokedFunctionArn.split(':').slice(-2) };
  if (collection !== 'pets') return fail(404, event.routeKey);
  if (method === 'POST') return admit(event);
  if (method === 'DELETE') return adopt(id);
  return id ? show(id) : list(event);
}
