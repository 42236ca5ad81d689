const { createHash } = require('node:crypto');
const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const { DeleteCommand, DynamoDBDocumentClient, PutCommand, QueryCommand } = require('@aws-sdk/lib-dynamodb');
const { table: TableName, scale, revision } = require('./settings.json');

const answers = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** Names of persons are stored as salted hashes only. */
const anonymous = (person) => createHash('sha256').update(process.env.SALT).update(person).digest();

const problem = (statusCode, title) => ({
  statusCode,
  headers: { 'Content-Type': 'application/problem+json' },
  body: JSON.stringify({ title }),
});

async function answer({ survey, person }, { score, comment }) {
  const [lowest, highest] = scale;
  if (!(score >= lowest && score <= highest)) return problem(422, `a score is from ${lowest} to ${highest}`);
  await answers.send(new PutCommand({ TableName, Item: { survey, person: anonymous(person), score, comment } }));
  return { statusCode: 204 };
}

async function scores({ survey }) {
  const { Items } = await answers.send(
    new QueryCommand({
      TableName,
      IndexName: 'scores',
      KeyConditionExpression: 'survey = :survey',
      ExpressionAttributeValues: { ':survey': survey },
    }),
  );
  return {
    revision,
    scores: Items.map(({ score }) => score),
    persons: new Set(Items.map(({ person }) => Buffer.from(person).toString('hex'))).size,
    comments: Items.filter(({ comment }) => comment !== undefined).length,
  };
}

async function list({ survey }, _body, { authorizer }) {
  const { Items } = await answers.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'survey = :survey',
      ExpressionAttributeValues: { ':survey': survey },
    }),
  );
  return { reader: authorizer.jwt.claims.sub, answers: Items.length };
}

async function clear({ survey }) {
  await answers.send(new DeleteCommand({ TableName, Key: { survey, person: anonymous('anybody') } }));
  return { statusCode: 204 };
}

const operations = {
  'PUT /surveys/{survey}/answers/{person}': answer,
  'GET /surveys/{survey}/scores': scores,
  'GET /surveys/{survey}/answers': list,
};

exports.handler = async (event) => {
  const operation = operations[event.routeKey];
  if (operation) return operation(event.pathParameters, JSON.parse(event.body ?? '{}'), event.requestContext);
  if (event.rawPath === '/api/clear') return clear(event.queryStringParameters);
  return problem(404, `${event.requestContext.http.method} ${event.rawPath} is nothing in ${revision}`);
};
