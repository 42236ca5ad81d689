import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';

const cars = DynamoDBDocument.from(new DynamoDBClient());
const { TABLE: TableName, SPACES } = process.env;

const HOURS = 3600;

async function park({ plate }, { level }) {
  const now = Math.floor(Date.now() / 1000);
  const { Attributes } = await cars.put({
    TableName,
    Item: { plate, level, leaves_by: now + 24 * HOURS },
    ReturnValues: 'ALL_OLD',
  });
  return { statusCode: Attributes ? 200 : 201, body: JSON.stringify({ plate, moved: Attributes !== undefined }) };
}

async function find({ plate }) {
  const { Item } = await cars.get({ TableName, Key: { plate } });
  return Item ? { plate, level: Item.level } : { statusCode: 404, body: 'this car is not here' };
}

async function count() {
  const { Count } = await cars.scan({ TableName, Select: 'COUNT' });
  return { free: Number(SPACES) - Count };
}

async function list() {
  const { Items } = await cars.query({
    TableName,
    KeyConditionExpression: 'plate = :plate',
    ExpressionAttributeValues: { ':plate': 'any' },
  });
  return Items;
}

async function leave({ plate }) {
  await cars.delete({ TableName, Key: { plate } });
}

const operations = {
  'GET /cars': list,
  'GET /cars/{plate}': find,
  'PUT /cars/{plate}': park,
  'DELETE /cars/{plate}': leave,
  'GET /free': count,
};

export const handler = ({ routeKey, pathParameters, body }) =>
  operations[routeKey](pathParameters, body && JSON.parse(body));
