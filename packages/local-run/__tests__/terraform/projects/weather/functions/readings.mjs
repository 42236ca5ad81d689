import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocument } from '@aws-sdk/lib-dynamodb';

const table = DynamoDBDocument.from(new DynamoDBClient());
const { READINGS_TABLE: TableName, KEEP_SECONDS } = process.env;

/** Results without a status code: the gateway answers 200 with their JSON. */
const operations = {
  'GET /stations': async () => {
    const { Items } = await table.query({
      TableName,
      IndexName: 'kind',
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': 'station' },
    });
    return Items.map(({ station, altitude }) => ({ station, altitude: altitude ?? 'unknown' })).sort((a, b) =>
      a.station.localeCompare(b.station),
    );
  },

  'GET /stations/{station}/readings': async ({ pathParameters: { station }, queryStringParameters }) => {
    const { from = '1', to = '9999999999' } = queryStringParameters ?? {};
    const { Items } = await table.query({
      TableName,
      KeyConditionExpression: 'station = :station AND #at BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#at': 'at' },
      ExpressionAttributeValues: { ':station': station, ':from': Number(from), ':to': Number(to) },
    });
    return Items.map(({ at, celsius }) => ({ at, celsius }));
  },

  'GET /stations/{station}/latest': async ({ pathParameters: { station } }) => {
    const { Items } = await table.query({
      TableName,
      KeyConditionExpression: 'station = :station',
      ExpressionAttributeValues: { ':station': station },
      ScanIndexForward: false,
      Limit: 1,
    });
    const [latest] = Items;
    if (latest === undefined) return { statusCode: 404, body: 'no such station' };
    return latest;
  },

  'POST /readings': async ({ body, requestContext: { authorizer } }) => {
    const { at, celsius } = JSON.parse(body);
    const { station } = authorizer.lambda;
    const reading = {
      station,
      at,
      kind: 'reading',
      celsius,
      expires_at: Math.floor(Date.now() / 1000) + Number(KEEP_SECONDS),
    };
    await table.put({ TableName, Item: reading });
    return { statusCode: 201, headers: { 'x-station': station } };
  },

  'DELETE /readings/{at}': async ({ pathParameters: { at }, requestContext: { authorizer } }) => {
    const Key = { station: authorizer.lambda.station, at: Number(at) };
    try {
      await table.send(new DeleteCommand({ TableName, Key }));
    } catch (error) {
      return { statusCode: 403, body: JSON.stringify({ error: error.name }) };
    }
  },
};

export const handler = (event) => operations[event.routeKey](event);
