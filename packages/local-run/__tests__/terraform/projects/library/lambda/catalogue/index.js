const { DynamoDB } = require('@aws-sdk/client-dynamodb');
const { DynamoDBDocument } = require('@aws-sdk/lib-dynamodb');

const books = DynamoDBDocument.from(new DynamoDB({}));
const TableName = process.env.TABLE;

const json = (statusCode, value) => ({
  statusCode: String(statusCode),
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value, (_, entry) => (entry instanceof Set ? [...entry].sort() : entry)),
});

exports.handler = async ({ httpMethod, resource, pathParameters, queryStringParameters, body }) => {
  if (httpMethod === 'POST') {
    const book = JSON.parse(body);
    await books.put({ TableName, Item: book });
    return json(201, book);
  }

  if (resource === '/books') {
    const { Items } = await books.query({
      TableName,
      IndexName: 'shelf-index',
      KeyConditionExpression: 'shelf = :shelf',
      ExpressionAttributeValues: { ':shelf': queryStringParameters.shelf },
    });
    return json(200, Items.map(({ title }) => title).sort());
  }

  const { Item } = await books.get({ TableName, Key: pathParameters });
  return Item ? json(200, Item) : json(404, { error: 'no such book' });
};
