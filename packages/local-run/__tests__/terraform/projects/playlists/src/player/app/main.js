import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { createRequire } from 'node:module';

// A CommonJS module from the layer.
const { parseTrack, playingTime } = createRequire(import.meta.url)('tracks');

const documents = DynamoDBDocumentClient.from(new DynamoDBClient());

const json = (statusCode, body) => ({ statusCode, body: JSON.stringify(body) });

async function show(TableName, list) {
  const { Items } = await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: '#list = :list',
      ExpressionAttributeNames: { '#list': 'list' },
      ExpressionAttributeValues: { ':list': list },
    }),
  );
  const tracks = Items.map(({ track }) => track);
  return json(200, { list, tracks: tracks.map(({ title }) => title), seconds: playingTime(tracks) });
}

async function replaceList(TableName, list, texts) {
  const puts = texts.map((text, index) => ({
    PutRequest: { Item: { list, position: index + 1, track: parseTrack(text) } },
  }));
  await documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: puts } }));
  return json(200, { list, tracks: puts.length });
}

async function append(TableName, list, { position, text }, { principalId }) {
  await documents.send(new PutCommand({ TableName, Item: { list, position, track: parseTrack(text) } }));
  return json(201, { list, position, by: principalId });
}

export default async function handler(event) {
  const { httpMethod, pathParameters, stageVariables, requestContext, body } = event;
  const { list } = pathParameters;
  const table = `${process.env.TABLE_PREFIX}-${stageVariables.alias}`;
  try {
    if (httpMethod === 'GET') return await show(table, list);
    if (httpMethod === 'PUT') return await replaceList(table, list, JSON.parse(body));
    return await append(table, list, JSON.parse(body), requestContext.authorizer);
  } catch (error) {
    if (error instanceof TypeError) return json(400, { error: error.message });
    throw error;
  }
}
