const { DynamoDB } = require('@aws-sdk/client-dynamodb');
const { DynamoDBDocument } = require('@aws-sdk/lib-dynamodb');

const client = DynamoDBDocument.from(new DynamoDB({}));
const { TABLE, BOOKS } = process.env;

exports.handler = async ({ httpMethod, pathParameters, queryStringParameters, requestContext }) => {
  const { isbn } = pathParameters;
  if (httpMethod === 'GET') {
    const { Item } = await client.get({ TableName: TABLE, Key: { isbn } });
    if (queryStringParameters?.full) await client.get({ TableName: BOOKS, Key: { isbn } });
    return { statusCode: 200, body: JSON.stringify({ isbn, member: Item?.member ?? null }) };
  }

  const member = requestContext.authorizer.claims.sub;
  if (httpMethod === 'PUT') {
    await client.put({ TableName: TABLE, Item: { isbn, member }, ConditionExpression: 'attribute_not_exists(isbn)' });
    return { statusCode: 201, body: JSON.stringify({ isbn, member }) };
  }
  if (httpMethod === 'DELETE') {
    await client.delete({ TableName: TABLE, Key: { isbn } });
    return { statusCode: 204 };
  }
  return { statusCode: 405, headers: { Allow: 'GET, PUT, DELETE' } };
};
