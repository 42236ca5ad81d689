/** Parameter mappings of HTTP APIs. */
import { setAttribute, type Refusal, testRefusals, changedPets, readDeployment } from '../../support/deployed-pets';
import { send } from '../../support/http';
import { servePets } from '../../support/served-pets';

const serve = servePets();

const INTEGRATION = 'aws_apigatewayv2_integration.function';

/** Answers with the event, or as the header x-answer says. */
const SOURCE = `exports.handler = async (event) =>
  event.headers['x-answer']
    ? JSON.parse(event.headers['x-answer'])
    : { statusCode: 200, body: JSON.stringify(event) }`;

interface Options {
  readonly request?: Readonly<Record<string, string>>;
  readonly response?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly path?: string;
}

async function call({ request, response = {}, attributes = {}, headers = {}, body, path = '/pets/7' }: Options) {
  const served = await serve(
    ({ resource }) => {
      setAttribute(resource, INTEGRATION, 'request_parameters', request);
      const blocks = Object.entries(response).map(([status_code, mappings]) => ({ status_code, mappings }));
      setAttribute(resource, INTEGRATION, 'response_parameters', blocks);
      for (const [name, value] of Object.entries(attributes)) setAttribute(resource, INTEGRATION, name, value);
      setAttribute(resource, 'aws_apigatewayv2_stage.default', 'stage_variables', { tenant: 'acme' });
    },
    { source: SOURCE },
  );
  return send(served.urlOf('aws_apigatewayv2_api.api'), 'GET', path, {
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body }),
  });
}

test('headers are appended, overwritten and removed', async () => {
  const { json } = await call({
    request: {
      'append:header.x-a': 'more',
      'overwrite:header.X-B': 'new',
      'remove:header.x-c': "''",
      'append:header.x-copy': '$request.header.X-C',
    },
    headers: { 'x-a': '1', 'x-b': '2', 'x-c': '3' },
  });
  expect(json.headers).toMatchObject({ 'x-a': '1,more', 'x-b': 'new', 'x-copy': '3' });
  expect(json.headers).not.toHaveProperty('x-c');
});

test('query parameters are appended, overwritten and removed', async () => {
  const { json } = await call({
    request: {
      'append:querystring.a': 'x y',
      'overwrite:querystring.b': '$request.querystring.c',
      'remove:querystring.c': '',
    },
    path: '/pets/7?a=1&b=2&c=3&c=4&d=%2B',
  });
  expect(json.queryStringParameters).toEqual({ a: '1,x y', b: '3,4', d: '+' });
  expect(json.rawQueryString).toBe('a=1&d=%2B&a=x%20y&b=3%2C4');
});

test('the path of the event changes, and the path of its context stays', async () => {
  const { json } = await call({ request: { 'overwrite:path': '/animals/$${request.path.id}' } });
  expect(json).toMatchObject({ rawPath: '/animals/7', requestContext: { http: { path: '/pets/7' } } });
});

test('an event of format 1.0 has the changes', async () => {
  const { json } = await call({
    request: { 'overwrite:path': '/x', 'overwrite:header.x-b': 'new', 'append:querystring.a': '2' },
    attributes: { payload_format_version: '1.0' },
    path: '/pets/7?a=1',
  });
  expect(json).toMatchObject({
    ...{ version: '1.0', path: '/x', requestContext: { path: '/pets/7' } },
    ...{ headers: { 'x-b': 'new' }, multiValueQueryStringParameters: { a: ['1', '2'] } },
  });
});

test('values come from the body, the context and the variables of the stage', async () => {
  const { json } = await call({
    request: {
      'overwrite:header.x-name': '$request.body.owners[0].name',
      'overwrite:header.x-list': "$request.body['owners']",
      'overwrite:header.x-body': '$request.body',
      'overwrite:header.x-path': '$request.path',
      'overwrite:header.x-route': '$context.routeKey',
      'overwrite:header.x-ip': '$context.identity.sourceIp',
      'overwrite:header.x-tenant': 'tenant $${stageVariables.tenant} of $${context.stage}',
      'overwrite:header.x-price': '5 $ each',
    },
    body: '{"owners":[{"name":"Ann"}]}',
  });
  expect(json.headers).toMatchObject({
    'x-name': 'Ann',
    'x-list': '[{"name":"Ann"}]',
    'x-body': '{"owners":[{"name":"Ann"}]}',
    'x-path': '/pets/7',
    'x-route': 'GET /pets/{id}',
    'x-ip': '127.0.0.1',
    'x-tenant': 'tenant acme of $default',
    'x-price': '5 $ each',
  });
});

test('a variable without a value changes nothing', async () => {
  const { json } = await call({
    request: { 'overwrite:header.x-a': '$request.header.none', 'append:header.x-b': '$request.body.none.x' },
    headers: { 'x-a': '1' },
  });
  expect(json.headers['x-a']).toBe('1');
  expect(json.headers).not.toHaveProperty('x-b');
});

describe('the response', () => {
  const answer = (result: object) => ({ 'x-answer': JSON.stringify(result) });
  const response = {
    404: {
      'overwrite:statuscode': '410',
      'append:header.x-error': '$context.requestId',
      'overwrite:header.x-name': 'name $${response.body.name}',
      'remove:header.x-secret': '',
      'append:header.x-copy': '$response.header.X-Secret',
    },
  };

  test('has the changes for its status', async () => {
    const body = '{"name":"Rex"}';
    const headers = answer({ statusCode: 404, headers: { 'X-Secret': 's' }, body });
    const result = await call({ response, headers });
    expect(result).toMatchObject({ status: 410, text: body, headers: { 'x-name': 'name Rex', 'x-copy': 's' } });
    expect(result.headers['x-error']).toBe(result.headers['apigw-requestid']);
    expect(result.headers).not.toHaveProperty('x-secret');
  });

  test('is unchanged with another status', async () => {
    const result = await call({ response, headers: answer({ statusCode: 403, headers: { 'X-Secret': 's' } }) });
    expect(result).toMatchObject({ status: 403, headers: { 'x-secret': 's' } });
  });

  test('of the gateway itself is unchanged', async () => {
    const mappings = { 500: { 'overwrite:statuscode': '200' } };
    const result = await call({ response: mappings, headers: answer({ statusCode: 'wrong' }) });
    expect(result.status).toBe(500);
  });
});

test('an OpenAPI document can have mappings', () => {
  const operation = {
    'x-amazon-apigateway-integration': {
      type: 'AWS_PROXY',
      uri: 'arn:aws:lambda:us-east-1:000000000000:function:pets-function',
      payloadFormatVersion: '2.0',
      requestParameters: { 'overwrite:header.x-a': '1' },
      responseParameters: { '200': { 'overwrite:statuscode': '201' } },
    },
  };
  const { apis } = readDeployment(
    changedPets(({ resource }) =>
      setAttribute(
        resource,
        'aws_apigatewayv2_api.api',
        'body',
        JSON.stringify({ openapi: '3.0.1', paths: { '/imported': { get: operation } } }),
      ),
    ),
  );
  const route = apis.flatMap(({ routes }) => routes).find(({ routeKey }) => routeKey === 'GET /imported');
  expect(route).toMatchObject({
    requestMappings: [{ operation: 'overwrite', target: 'header', name: 'x-a', value: ['1'] }],
    responseMappings: { 200: [{ operation: 'overwrite', target: 'statuscode', name: '', value: ['201'] }] },
  });
});

const refusal = (name: string, attribute: string, value: unknown, message: RegExp): Refusal => [
  name,
  ({ resource }) => setAttribute(resource, INTEGRATION, attribute, value),
  message,
];

testRefusals([
  refusal(
    'a mapping of a reserved header',
    'request_parameters',
    { 'overwrite:header.Authorization': 'x' },
    /API Gateway refuses the key "overwrite:header.Authorization" in request_parameters/,
  ),
  refusal('an unknown key', 'request_parameters', { 'header.x': 'x' }, /API Gateway refuses the key "header.x"/),
  refusal(
    'a path in the mappings of responses',
    'response_parameters',
    [{ status_code: '200', mappings: { 'overwrite:path': '/' } }],
    /API Gateway refuses the key "overwrite:path" in response_parameters/,
  ),
]);

test.each(['$request.body..name', '$context.integration.status', 'a $request.path', '$response.header.x'])(
  'routes whose mapping has the value %s answer 501',
  (value) => {
    const { apis } = readDeployment(
      changedPets(({ resource }) =>
        setAttribute(resource, INTEGRATION, 'request_parameters', { 'overwrite:header.x': value }),
      ),
    );
    expect(apis[0]?.routes[0]?.notSimulated).toMatchObject([{ attribute: 'request_parameters.overwrite:header.x' }]);
  },
);
