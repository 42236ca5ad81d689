const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const { DynamoDBDocument } = require('@aws-sdk/lib-dynamodb');
const { signedFetch } = require('./signed-fetch');

const crossings = DynamoDBDocument.from(new DynamoDBClient());
const { TABLE: TableName, HARBOUR } = process.env;

const json = (statusCode, body) => ({ statusCode, body: JSON.stringify(body) });

/** Asks the harbour with the credentials of this function's role. */
async function askHarbour({ requestContext, queryStringParameters }) {
  const answer = await signedFetch(requestContext.http.method, `${HARBOUR}/tides`, queryStringParameters);
  return { statusCode: answer.status, body: await answer.text() };
}

const operations = {
  async 'GET /lines/{line}/crossings'({ pathParameters: { line } }) {
    const { Items } = await crossings.query({
      TableName,
      KeyConditionExpression: 'line = :line',
      ExpressionAttributeValues: { ':line': line },
    });
    return json(200, Items);
  },
  async 'PUT /lines/{line}/crossings'({ pathParameters: { line }, body, headers, requestContext }) {
    const Item = { ...JSON.parse(body), line, agency: requestContext.authorizer.lambda, route: headers['x-line'] };
    await crossings.put({ TableName, Item });
    return json(200, Item);
  },
  'GET /tickets': ({ requestContext }) => json(200, { owner: requestContext.authorizer.jwt.claims.sub }),
  'DELETE /tickets': ({ requestContext }) => json(200, requestContext.authorizer.jwt),
  'GET /statistics': ({ requestContext }) => json(200, { key: requestContext.authorizer.iam.accessKey }),
  'GET /tides': askHarbour,
  'PUT /tides': askHarbour,
};

/** The methods of the harbour's REST API. */
function harbour({ httpMethod, path, requestContext }) {
  const { identity, authorizer } = requestContext;
  if (path === '/tides') return json(200, { height: 1.2, reader: identity.userArn?.split(':').at(-1) });
  return json(200, { shift: httpMethod, claims: authorizer.claims });
}

exports.handler = async (event) => (event.routeKey === undefined ? harbour(event) : operations[event.routeKey](event));
