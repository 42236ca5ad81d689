/** APIs whose routes stand in an OpenAPI document. */
import { stringify } from 'yaml';
import type { Answer, SendOptions } from '../../support/http';
import { send } from '../../support/http';
import { setAttribute } from '../../support/deployed-pets';
import { servePets } from '../../support/served-pets';

const serve = servePets();

const ECHO = 'exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) })';
const URI = '${aws_lambda_function.function.invoke_arn}';
const PROXY = { 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: URI } };

const REST = 'aws_api_gateway_rest_api.rest';

/** Sends a request to the stage `v1` of a REST API with this body. */
async function serveRest(body: object | string, asText: (value: object) => string = JSON.stringify) {
  const { engine, deployment } = await serve(
    ({ resource }) => {
      const text = typeof body === 'string' ? body : asText(body);
      resource['aws_api_gateway_rest_api'] = { rest: { name: 'rest', body: text } };
      resource['aws_api_gateway_deployment'] = { rest: { rest_api_id: `\${${REST}.id}`, stage_name: 'v1' } };
      Object.assign(resource['aws_lambda_permission'] ?? {}, {
        rest: {
          action: 'lambda:InvokeFunction',
          function_name: '${aws_lambda_function.function.function_name}',
          principal: 'apigateway.amazonaws.com',
          source_arn: `\${${REST}.execution_arn}/*/*/*`,
        },
      });
    },
    { source: ECHO },
  );
  const url = engine.urlOf('pets', REST) ?? '';
  const request = (method: string, path: string, options?: SendOptions): Promise<Answer> =>
    send(url, method, `/v1${path}`, options);
  return { request, deployment };
}

const UNSUPPORTED_STATEMENT = {
  ...{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
  Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
};

const DOCUMENT = {
  openapi: '3.0.1',
  info: { title: 'files', version: '1.0' },
  'x-amazon-apigateway-request-validators': {
    all: { validateRequestBody: true, validateRequestParameters: true },
  },
  'x-amazon-apigateway-request-validator': 'all',
  'x-amazon-apigateway-gateway-responses': {
    BAD_REQUEST_BODY: { statusCode: '422', responseTemplates: { 'application/json': '{"bad":"body"}' } },
  },
  paths: {
    '/health': {
      get: {
        responses: {},
        'x-amazon-apigateway-integration': {
          type: 'mock',
          requestTemplates: { 'application/json': '{"statusCode": 200}' },
          responses: {
            default: {
              statusCode: '200',
              responseParameters: { 'method.response.header.X-Up': "'yes'" },
              responseTemplates: { 'application/json': '{"status":"up"}' },
            },
          },
        },
      },
    },
    '/files': {
      get: {
        parameters: [
          { name: 'type', in: 'query', required: true, schema: { type: 'string' } },
          { $ref: '#/components/parameters/Tenant' },
        ],
        ...PROXY,
      },
      post: {
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/File' } } } },
        ...PROXY,
      },
    },
    '/files/{id}': { 'x-amazon-apigateway-any-method': PROXY },
    '/old': { get: { 'x-amazon-apigateway-integration': { type: 'http_proxy', uri: 'https://example.com' } } },
    '/keyed': { get: { security: [{ key: [] }], ...PROXY } },
    '/signed': { get: { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' }, ...PROXY } },
    '/strange': { get: { security: [{ strange: [] }], ...PROXY } },
  },
  components: {
    parameters: { Tenant: { name: 'X-Tenant', in: 'header', required: true } },
    schemas: {
      File: {
        type: 'object',
        required: ['id', 'size'],
        properties: { id: { type: 'string', nullable: true }, size: { $ref: '#/components/schemas/Size' } },
      },
      Size: { type: 'integer', minimum: 0, exclusiveMinimum: true },
    },
    securitySchemes: {
      key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
      strange: { type: 'http', scheme: 'basic' },
    },
  },
};

const json = (value: unknown): SendOptions => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

describe('the document of a REST API', () => {
  test.each([
    ['JSON', JSON.stringify as (value: object) => string],
    ['YAML', stringify as (value: object) => string],
  ])('in %s defines its methods', async (_format, asText) => {
    const { request } = await serveRest(DOCUMENT, asText);
    expect(await request('GET', '/health')).toMatchObject({
      ...{ status: 200, json: { status: 'up' } },
      headers: { 'x-up': 'yes' },
    });
    expect(await request('PUT', '/files/a')).toMatchObject({
      json: { resource: '/files/{id}', pathParameters: { id: 'a' } },
    });
    expect((await request('PUT', '/files')).status).toBe(403);
  });

  test('has validators of parameters and bodies', async () => {
    const { request } = await serveRest(DOCUMENT);
    const missing = await request('GET', '/files?type=');
    expect(missing).toMatchObject({
      ...{ status: 400, json: { message: 'Missing required request parameters: [type, X-Tenant]' } },
      headers: { 'x-amzn-errortype': 'BadRequestException' },
    });
    expect((await request('GET', '/files?type=a', { headers: { 'x-tenant': 't' } })).status).toBe(200);
    expect((await request('POST', '/files', json({ id: 'a', size: 1 }))).status).toBe(200);
    expect(await request('POST', '/files', json({ id: 'a', size: 0 }))).toMatchObject({
      ...{ status: 422, json: { bad: 'body' } },
    });
  });

  test('can name binary media types', async () => {
    const { request } = await serveRest({ ...DOCUMENT, 'x-amazon-apigateway-binary-media-types': ['image/*'] });
    const image = { headers: { 'content-type': 'image/png' }, body: Uint8Array.of(137, 80) };
    expect((await request('PUT', '/files/a', image)).json).toMatchObject({ body: 'iVA=', isBase64Encoded: true });
    expect((await request('PUT', '/files/a', json('x'))).json).toMatchObject({ body: '"x"', isBase64Encoded: false });
  });

  test('can require API keys and signatures', async () => {
    const { request } = await serveRest(DOCUMENT);
    expect((await request('GET', '/keyed')).json).toEqual({ message: 'Forbidden' });
    expect((await request('GET', '/signed')).json).toEqual({ message: 'Missing Authentication Token' });
  });

  test.each([
    ['/old', 'aws_api_gateway_rest_api.rest (GET /old): type = "HTTP_PROXY" is not supported by the local run'],
    ['/strange', 'the security scheme strange'],
  ])('%s: an operation that is not simulated answers 501', async (path, text) => {
    const { request } = await serveRest(DOCUMENT);
    const { status, json: answer } = await request('GET', path);
    expect([status, answer.message]).toEqual([501, expect.stringContaining(text)]);
  });

  test.each([
    ['{', /a body that is no valid OpenAPI document \(it is neither JSON nor YAML/],
    [{ paths: {} }, /it has neither openapi: 3\.0\.x nor swagger: "2\.0"/],
    [{ ...DOCUMENT, 'x-amazon-apigateway-policy': { Statement: UNSUPPORTED_STATEMENT } }, /aws:PrincipalOrgID/],
    [{ ...DOCUMENT, 'x-amazon-apigateway-new': true }, /body\.x-amazon-apigateway-new/],
  ])('%#: a document that is not supported stops this API only', async (body, message) => {
    const { request } = await serveRest(body);
    const { status, json: answer } = await request('GET', '/health');
    expect([status, answer.message]).toEqual([501, expect.stringMatching(message)]);
    const { get } = await serve(({ resource }) => (resource['aws_api_gateway_rest_api'] = {}));
    expect((await get('/health')).status).toBe(200);
  });

  test('can be Swagger 2.0, with definitions and authorizers', async () => {
    const { deployment } = await serveRest({
      swagger: '2.0',
      basePath: '/ignored',
      definitions: { Pet: { type: 'object', required: ['name'] } },
      securityDefinitions: {
        token: {
          ...{ type: 'apiKey', name: 'Authorization', in: 'header' },
          'x-amazon-apigateway-authtype': 'custom',
          'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: URI, authorizerResultTtlInSeconds: 0 },
        },
      },
      security: [{ token: [] }],
      paths: {
        '/pets': {
          post: { parameters: [{ in: 'body', name: 'pet', schema: { $ref: '#/definitions/Pet' } }], ...PROXY },
          options: { security: [{}], ...PROXY },
        },
      },
    });
    const api = deployment.apis.find(({ kind }) => kind === 'rest-api');
    expect(api?.routes.map(({ routeKey, authorization }) => [routeKey, authorization?.kind])).toEqual([
      ['POST /pets', 'rest-lambda'],
      ['OPTIONS /pets', undefined],
    ]);
  });
});

test('the document of an HTTP API defines its routes, CORS and authorizers', async () => {
  const { get, deployment, engine } = await serve(
    ({ resource }) => {
      for (const type of ['integration', 'route']) resource[`aws_apigatewayv2_${type}`] = {};
      const body = {
        openapi: '3.0.1',
        'x-amazon-apigateway-cors': { allowOrigins: ['https://example.com'], allowMethods: ['GET'] },
        components: {
          securitySchemes: {
            jwt: {
              type: 'oauth2',
              'x-amazon-apigateway-authorizer': {
                ...{ type: 'jwt', identitySource: '$request.header.Authorization' },
                jwtConfiguration: { issuer: 'https://issuer.example.com', audience: ['a'] },
              },
            },
          },
        },
        paths: {
          '/pets': { get: { ...PROXY } },
          '/pets/{id}': {
            get: {
              'x-amazon-apigateway-integration': {
                ...{ type: 'AWS_PROXY', uri: URI, payloadFormatVersion: '2.0' },
              },
            },
          },
          '/pets/{id}/toys': { get: { security: [{ jwt: ['toys'] }], ...PROXY } },
        },
      };
      setAttribute(resource, 'aws_apigatewayv2_api.api', 'body', JSON.stringify(body));
    },
    { source: ECHO },
  );
  expect((await get('/pets')).json).toMatchObject({ version: '1.0' });
  expect((await get('/pets/a')).json).toMatchObject({ version: '2.0', pathParameters: { id: 'a' } });
  expect((await get('/pets/a/toys')).status).toBe(401);
  const origin = { headers: { origin: 'https://example.com' } };
  const { headers } = await send(engine.urlOf('pets', 'aws_apigatewayv2_api.api') ?? '', 'GET', '/pets', origin);
  expect(headers['access-control-allow-origin']).toBe('https://example.com');
  expect(deployment.apis[0]?.routes.map(({ authorization }) => authorization)).toEqual([
    undefined,
    undefined,
    { kind: 'jwt', issuer: 'https://issuer.example.com', audience: ['a'], scopes: ['toys'] },
  ]);
});
