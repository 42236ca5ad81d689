const {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} = require('@aws-sdk/client-dynamodb');

const client = new DynamoDBClient({ maxAttempts: 2 });
const TableName = process.env.POLLS_TABLE;

const answer = (statusCode, body, multiValueHeaders = {}) => ({
  statusCode,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  multiValueHeaders,
  body: JSON.stringify(body),
});

const toPoll = ({ poll, question, votes }) => ({
  poll: poll.S,
  question: question.S,
  votes: Object.fromEntries(Object.entries(votes.M).map(([option, count]) => [option, Number(count.N)])),
});

async function open(event) {
  const { poll, question, options } = JSON.parse(event.body);
  const votes = Object.fromEntries(options.map((option) => [option, { N: '0' }]));
  const Item = { poll: { S: poll }, question: { S: question }, votes: { M: votes } };
  await client.send(new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(poll)' }));
  return answer(201, toPoll(Item), { 'Set-Cookie': [`poll=${poll}`, 'owner=yes; HttpOnly'] });
}

async function show({ pathParameters }) {
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: { poll: { S: pathParameters.poll } } }));
  return Item ? answer(200, toPoll(Item)) : answer(404, { error: 'no such poll' });
}

async function vote({ pathParameters, multiValueQueryStringParameters, stageVariables }) {
  if (stageVariables.closed === 'yes') return answer(403, { error: 'this stage takes no votes' });
  const options = multiValueQueryStringParameters?.option ?? [];
  if (options.length === 0) return answer(400, { error: 'vote for at least one option' });
  const names = Object.fromEntries(options.map((option, index) => [`#option${index}`, option]));
  const { Attributes } = await client.send(
    new UpdateItemCommand({
      TableName,
      Key: { poll: { S: pathParameters.poll } },
      UpdateExpression: `SET ${options.map((_, index) => `votes.#option${index} = votes.#option${index} + :one`).join(', ')}`,
      ConditionExpression: options.map((_, index) => `attribute_exists(votes.#option${index})`).join(' AND '),
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'ALL_NEW',
    }),
  );
  return answer(200, toPoll(Attributes).votes);
}

async function list() {
  const { Items } = await client.send(new ScanCommand({ TableName }));
  return answer(200, Items.map(toPoll));
}

async function close({ pathParameters, requestContext: { authorizer } }) {
  console.log(`${authorizer.principalId} closes ${pathParameters.poll}: ${authorizer.reason}`);
  await client.send(new DeleteItemCommand({ TableName, Key: { poll: { S: pathParameters.poll } } }));
  return { statusCode: 204 };
}

async function rest({ httpMethod, path, requestContext, pathParameters }) {
  return answer(404, { httpMethod, path, stage: requestContext.stage, rest: pathParameters.rest });
}

const operations = {
  'GET /polls': list,
  'POST /polls': open,
  'GET /polls/{poll}': show,
  'DELETE /polls/{poll}': close,
  'POST /polls/{poll}/votes': vote,
};

exports.handler = async (event) => {
  try {
    return await (operations[`${event.httpMethod} ${event.resource}`] ?? rest)(event);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException)
      return answer(409, { error: 'no such option, or poll taken' });
    throw error;
  }
};
