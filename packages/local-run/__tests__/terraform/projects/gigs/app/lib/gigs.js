const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } = require('@aws-sdk/lib-dynamodb');

const TableName = process.env.TABLE;
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

async function query(IndexName, name, value) {
  const { Items } = await client.send(
    new QueryCommand({
      TableName,
      ...(IndexName && { IndexName }),
      KeyConditionExpression: '#name = :value',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
  return Items;
}

exports.listGigs = (venue) => query(undefined, 'venue', venue);

exports.listBand = (band) => query('bands', 'band', band);

exports.announceGig = async (gig) => {
  await client.send(new PutCommand({ TableName, Item: gig }));
  return gig;
};

exports.showGig = async (key) => {
  const { Item } = await client.send(new GetCommand({ TableName, Key: key, ConsistentRead: true }));
  return Item ?? { statusCode: 404, body: 'no such gig' };
};
