import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { InvalidRecipe, parseRecipe } from './recipe.mjs';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient());
const TableName = process.env.TABLE;

const reply = (statusCode, body) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export async function list({ queryStringParameters }) {
  const { cuisine, within = '1440' } = queryStringParameters ?? {};
  if (cuisine === undefined) {
    const { Count } = await documents.send(new ScanCommand({ TableName, Select: 'COUNT' }));
    return reply(200, { count: Count });
  }
  const { Items } = await documents.send(
    new QueryCommand({
      TableName,
      IndexName: process.env.INDEX,
      KeyConditionExpression: 'cuisine = :cuisine AND minutes <= :within',
      ExpressionAttributeValues: { ':cuisine': cuisine, ':within': Number(within) },
    }),
  );
  // The index has no steps: they stay in the table.
  return reply(
    200,
    Items.map(({ id, title, minutes, steps = null }) => ({ id, title, minutes, steps })),
  );
}

export async function create({ body }) {
  try {
    const recipe = parseRecipe(body);
    await documents.send(new PutCommand({ TableName, Item: recipe, ConditionExpression: 'attribute_not_exists(id)' }));
    return { ...reply(201, recipe), headers: { location: `/recipes/${recipe.id}` } };
  } catch (error) {
    if (error instanceof InvalidRecipe) return reply(400, { error: error.message });
    if (error.name === 'ConditionalCheckFailedException') return reply(409, { error: 'this recipe exists' });
    throw error;
  }
}

export async function read({ pathParameters: { id } }) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }));
  return Item ? reply(200, Item) : reply(404, { error: `no recipe ${id}` });
}

export async function rate({ pathParameters: { id }, body, isBase64Encoded }) {
  const stars = Number(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body);
  try {
    const { Attributes } = await documents.send(
      new UpdateCommand({
        TableName,
        Key: { id },
        UpdateExpression: 'ADD ratings :one, stars :stars',
        ConditionExpression: 'attribute_exists(id)',
        ExpressionAttributeValues: { ':one': 1, ':stars': stars },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return reply(200, { ratings: Attributes.ratings, average: Attributes.stars / Attributes.ratings });
  } catch (error) {
    if (error.name === 'ConditionalCheckFailedException') return reply(404, { error: `no recipe ${id}` });
    throw error;
  }
}

export async function remove({ pathParameters: { id } }) {
  await documents.send(new DeleteCommand({ TableName, Key: { id } }));
  return { statusCode: 204 };
}
