const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} = require('@aws-sdk/lib-dynamodb');
const { json } = require('./answer');

const TableName = process.env.STOCK_TABLE;
const table = DynamoDBDocumentClient.from(new DynamoDBClient(), { marshallOptions: { removeUndefinedValues: true } });

async function list({ location }, { queryStringParameters: { below, limit } }) {
  const { Items } = await table.send(
    new QueryCommand({
      TableName,
      IndexName: 'by-quantity',
      KeyConditionExpression: '#location = :location AND quantity < :below',
      ExpressionAttributeNames: { '#location': 'location' },
      ExpressionAttributeValues: { ':location': location, ':below': Number(below) },
      ...(limit && { Limit: Number(limit) }),
    }),
  );
  return json(200, {
    location,
    items: Items.map(({ sku, quantity, label = 'not in the index' }) => ({ sku, quantity, label })),
  });
}

async function read(key) {
  const { Item } = await table.send(new GetCommand({ TableName, Key: key }));
  return Item ? json(200, Item) : json(404, { error: 'not in stock' });
}

async function count(key, { body, headers }) {
  const { quantity, label } = JSON.parse(body);
  const operator = headers['X-Operator'] ?? headers['x-operator'];
  await table.send(new PutCommand({ TableName, Item: { ...key, quantity, label, operator } }));
  return json(200, { ...key, quantity, operator });
}

async function remove(key) {
  try {
    await table.send(new DeleteCommand({ TableName, Key: key }));
    return { statusCode: 204 };
  } catch (error) {
    return json(500, { error: error.name });
  }
}

const operations = { 'GET /stock/{location}': list, 'GET /stock/{location}/{sku}': read, PUT: count, DELETE: remove };

exports.main = (event) => {
  const run = operations[`${event.httpMethod} ${event.resource}`] ?? operations[event.httpMethod];
  return run(event.pathParameters, event);
};
