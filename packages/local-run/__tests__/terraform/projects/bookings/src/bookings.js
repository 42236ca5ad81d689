const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const {
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
} = require('@aws-sdk/lib-dynamodb');

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const { TABLE_NAME: TableName, OPENS, CLOSES } = process.env;

const json = (statusCode, body) => ({ statusCode, body: JSON.stringify(body) });
const roomKey = (room) => ({ pk: `room#${room}`, sk: 'room' });
const bookingKey = (room, hour) => ({ pk: `room#${room}`, sk: `hour#${String(hour).padStart(2, '0')}` });

const routes = {
  'PUT /rooms/:room': async ({ room }, { seats }) => {
    await db.send(new PutCommand({ TableName, Item: { ...roomKey(room), seats, booked: 0 } }));
    return json(201, { room, seats });
  },

  'GET /rooms/:room': async ({ room }) => {
    const { Items } = await db.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :hour)',
        ExpressionAttributeValues: { ':pk': roomKey(room).pk, ':hour': 'hour#' },
      }),
    );
    return json(200, { room, bookings: Items.map(({ sk, by }) => ({ hour: Number(sk.slice(5)), by })) });
  },

  'POST /rooms/:room/bookings': async ({ room }, { hour, by, seats = 1 }, headers) => {
    if (hour < Number(OPENS) || hour >= Number(CLOSES)) return json(400, { error: 'closed at that hour' });
    await db.send(
      new TransactWriteCommand({
        ClientRequestToken: headers['Idempotency-Key'] ?? headers['idempotency-key'],
        TransactItems: [
          {
            Put: {
              TableName,
              Item: { ...bookingKey(room, hour), by },
              ConditionExpression: 'attribute_not_exists(sk)',
            },
          },
          {
            Update: {
              TableName,
              Key: roomKey(room),
              UpdateExpression: 'ADD booked :one',
              ConditionExpression: 'seats >= :seats',
              ExpressionAttributeValues: { ':one': 1, ':seats': seats },
            },
          },
        ],
      }),
    );
    return json(201, { room, hour, by });
  },

  'POST /rooms/:room/notices': async ({ room }, { hour, text }) => {
    const notice = { pk: `notices#${room}`, sk: bookingKey(room, hour).sk, text };
    await db.send(
      new TransactWriteCommand({
        TransactItems: [
          { ConditionCheck: { TableName, Key: bookingKey(room, hour), ConditionExpression: 'attribute_exists(pk)' } },
          { Put: { TableName, Item: notice } },
        ],
      }),
    );
    return json(201, { text });
  },

  'DELETE /rooms/:room/bookings/:hour': async ({ room, hour }) => {
    await db.send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Update: {
              TableName,
              Key: roomKey(room),
              UpdateExpression: 'ADD booked :one',
              ExpressionAttributeValues: { ':one': -1 },
            },
          },
          { Delete: { TableName, Key: bookingKey(room, hour) } },
        ],
      }),
    );
    return { statusCode: 204 };
  },

  'GET /usage': async (_, __, ___, { rooms }) => {
    const { Responses } = await db.send(
      new TransactGetCommand({
        TransactItems: rooms.split(',').map((room) => ({ Get: { TableName, Key: roomKey(room) } })),
      }),
    );
    return json(
      200,
      Responses.map(({ Item }) => Item?.booked ?? null),
    );
  },
};

/** Compares a path with a pattern of segments; a segment that begins with a colon is a parameter. */
function match(pattern, path) {
  const expected = pattern.split('/');
  const segments = path.split('/');
  if (expected.length !== segments.length) return undefined;
  const parameters = {};
  for (const [index, segment] of expected.entries()) {
    if (segment.startsWith(':')) parameters[segment.slice(1)] = decodeURIComponent(segments[index]);
    else if (segment !== segments[index]) return undefined;
  }
  return parameters;
}

exports.handler = async ({ httpMethod, path, body, headers, queryStringParameters }) => {
  for (const [route, run] of Object.entries(routes)) {
    const [method, pattern] = route.split(' ');
    const parameters = method === httpMethod && match(pattern, path);
    if (!parameters) continue;
    try {
      return await run(parameters, JSON.parse(body ?? '{}'), headers, queryStringParameters ?? {});
    } catch (error) {
      if (error.name !== 'TransactionCanceledException') throw error;
      return json(409, { reasons: error.CancellationReasons.map(({ Code }) => Code) });
    }
  }
  return json(404, { error: `no route ${httpMethod} ${path}` });
};
