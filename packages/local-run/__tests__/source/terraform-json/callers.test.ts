/** Authorizers, MOCK integrations and gateway responses that AWS refuses or that the local run does not support. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Deployment } from '../../../src/model/deployment';
import { notSimulatedText } from '../../../src/model/not-simulated';
import { apiAddresses, deploymentOf } from '../../../src/source/deployment';
import { TerraformStack } from '../../../src/source/terraform-json/stack';
import type { Template } from '../../conformance/fixture/parts';
import { writeFixture } from '../../conformance/fixture/write';

type Named = Record<string, Record<string, unknown>>;
type Change = (resource: Template['resource']) => void;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'callers-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function read(fixture: string, change: Change = () => undefined): Deployment {
  writeFixture(fixture, folder);
  const file = path.join(folder, 'cdk.tf.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
  change(template.resource);
  writeFileSync(file, JSON.stringify(template));
  const stack = new TerraformStack(fixture, folder);
  return deploymentOf(stack, new Map(apiAddresses(stack).map((address) => [address, `http://${address}`])));
}

const set =
  (type: string, name: string, attributes: object): Change =>
  (resource) =>
    Object.assign((resource[type] as Named)[name] as object, attributes);

test('Terraform defaults apply: 300 seconds, the header Authorization and the type TOKEN', () => {
  const undefine = set('aws_api_gateway_authorizer', 'callers_token', {
    ...{ type: undefined, identity_source: undefined, authorizer_result_ttl_in_seconds: undefined },
  });
  const routes = read('rest-api-callers', undefine).apis.flatMap((api) => api.routes);
  expect(routes.find(({ routeKey }) => routeKey === 'GET /token')?.authorization).toMatchObject({
    ...{ kind: 'rest-lambda', type: 'TOKEN', cacheSeconds: 300, permitted: true },
    identitySources: [{ in: 'header', name: 'Authorization' }],
  });
});

test('a permission with the id of the authorizer lets API Gateway invoke it', () => {
  const restrict = (id: string): Change =>
    set('aws_lambda_permission', 'main_policy_gate', {
      source_arn: `\${aws_apigatewayv2_api.main.execution_arn}/authorizers/\${aws_apigatewayv2_authorizer.${id}.id}`,
    });
  const permitted = (name: string) => {
    const routes = read('http-api-callers', restrict(name)).apis.flatMap((api) => api.routes);
    const authorization = routes.find(({ routeKey }) => routeKey === 'ANY /policy/{proxy+}')?.authorization;
    return authorization && 'permitted' in authorization && authorization.permitted;
  };
  expect(permitted('policy')).toBe(true);
  expect(permitted('v1')).toBe(false);
});

test.each([
  ['live', true],
  [undefined, false],
])('an authorizer can invoke an alias: a permission for %s lets it, %s', (qualifier, expected) => {
  const { apis } = read('http-api-callers', (resource) => {
    set('aws_lambda_function', 'simple_gate', { publish: true })(resource);
    resource['aws_lambda_alias'] = {
      live: {
        name: 'live',
        function_name: '${aws_lambda_function.simple_gate.function_name}',
        function_version: '${aws_lambda_function.simple_gate.version}',
      },
    };
    set('aws_lambda_permission', 'main_simple_gate', { qualifier })(resource);
    set('aws_apigatewayv2_authorizer', 'simple', { authorizer_uri: '${aws_lambda_alias.live.invoke_arn}' })(resource);
  });
  const routes = apis.flatMap((api) => [...api.routes]);
  expect(routes.find(({ routeKey }) => routeKey === 'ANY /simple/{proxy+}')?.authorization).toMatchObject({
    ...{ kind: 'http-lambda', qualifier: 'live', permitted: expected },
  });
});

test('a gateway response can use a claim with a colon', () => {
  const header = 'gatewayresponse.header.X-User';
  const expression = 'context.authorizer.claims.cognito:username';
  const { apis, notSimulated } = read(
    'rest-api-callers',
    set('aws_api_gateway_gateway_response', 'DEFAULT_4XX', { response_parameters: { [header]: expression } }),
  );
  expect(notSimulated).toEqual([]);
  const responses = apis.flatMap((api) => ('gatewayResponses' in api ? (api.gatewayResponses ?? []) : []));
  expect(responses.find(({ type }) => type === 'DEFAULT_4XX')?.headers).toEqual({ 'X-User': expression });
});

const AUTHORIZER = 'aws_apigatewayv2_authorizer';
const REST_AUTHORIZER = 'aws_api_gateway_authorizer';
const MOCK = 'aws_api_gateway_integration';
const RESPONSE = 'aws_api_gateway_integration_response';

type Row = [name: string, fixture: string, change: Change, message: RegExp];

test.each<Row>([
  [
    'simple responses with the payload format 1.0',
    'http-api-callers',
    set(AUTHORIZER, 'simple', { authorizer_payload_format_version: '1.0' }),
    /authorizer\.simple: API Gateway refuses enable_simple_responses with the payload format 1\.0/,
  ],
  [
    'a user pool that is no ARN',
    'rest-api-callers',
    set(REST_AUTHORIZER, 'callers_cognito', { provider_arns: ['us-east-1_Conform01'] }),
    /callers_cognito: provider_arns: us-east-1_Conform01 is not the ARN of a user pool/,
  ],
  [
    'a response header that the method response does not have',
    'rest-api-callers',
    set(RESPONSE, 'pages_OPTIONS_page_204', { response_parameters: { 'method.response.header.X-New': "'a'" } }),
    /pages_OPTIONS_page_204: API Gateway refuses method\.response\.header\.X-New/,
  ],
  [
    'a gateway response with a text without quotes',
    'rest-api-callers',
    set('aws_api_gateway_gateway_response', 'DEFAULT_4XX', {
      response_parameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': '*' },
    }),
    /gateway_response\.DEFAULT_4XX: API Gateway refuses .*Access-Control-Allow-Origin/,
  ],
  [
    'an unknown gateway response',
    'rest-api-callers',
    set('aws_api_gateway_gateway_response', 'UNAUTHORIZED', { response_type: 'TEAPOT' }),
    /gateway_response\.UNAUTHORIZED: response_type = "TEAPOT" must be one of ACCESS_DENIED, /,
  ],
  [
    'a cache of more than an hour in an HTTP API',
    'http-api-callers',
    set(AUTHORIZER, 'simple', { authorizer_result_ttl_in_seconds: 3601 }),
    /authorizer\.simple: authorizer_result_ttl_in_seconds = 3601 must be a whole number from 0 to 3600/,
  ],
  [
    'a cache of more than an hour in a REST API',
    'rest-api-callers',
    set(REST_AUTHORIZER, 'callers_token', { authorizer_result_ttl_in_seconds: 3601 }),
    /callers_token: authorizer_result_ttl_in_seconds = 3601 must be/,
  ],
  [
    'a cache without an identity source',
    'rest-api-callers',
    set(REST_AUTHORIZER, 'callers_request', { identity_source: '', authorizer_result_ttl_in_seconds: 300 }),
    /callers_request: API Gateway refuses a cache without identity_source/,
  ],
])('refuses %s, as AWS does', (_, fixture, change, message) => {
  expect(() => read(fixture, change)).toThrow(message);
});

const PAGES = ['/chosen', '/crash', '/page', '/strict', '/unmatched'].map((path) => `GET ${path}`);

/** A change, with the routes that then answer 501. */
test.each<[...row: Row, routes: readonly string[]]>([
  [
    'an unknown identity source',
    'http-api-callers',
    set(AUTHORIZER, 'simple', { identity_sources: ['$request.body.user'] }),
    /authorizer\.simple: identity_sources = "\$request\.body\.user" is not supported/,
    ['ANY /simple/{proxy+}'],
  ],
  [
    'an unknown context variable',
    'rest-api-callers',
    set(REST_AUTHORIZER, 'callers_request', { identity_source: 'context.mood' }),
    /callers_request: identity_source = "context\.mood" is not supported/,
    ['POST /request/{id}'],
  ],
  [
    'an authorizer of another API',
    'rest-api-callers',
    set('aws_api_gateway_method', 'callers_GET_token', {
      authorizer_id: '${aws_api_gateway_authorizer.pages_token.id}',
    }),
    /callers_GET_token: authorizer_id = \w+ is not supported/,
    ['GET /token'],
  ],
  [
    'an invalid validation expression',
    'rest-api-callers',
    set(REST_AUTHORIZER, 'callers_pattern', { identity_validation_expression: '(' }),
    /callers_pattern: identity_validation_expression = "\(" is not supported/,
    ['GET /pattern'],
  ],
  [
    'a validation expression that only Java knows',
    'rest-api-callers',
    set(REST_AUTHORIZER, 'callers_pattern', { identity_validation_expression: '[^\\p{Space}]+\\Z' }),
    /callers_pattern: identity_validation_expression = .* is not supported/,
    ['GET /pattern'],
  ],
  [
    'a request template with a directive',
    'rest-api-callers',
    set(MOCK, 'pages_OPTIONS_page', {
      request_templates: { 'application/json': '#foreach($a in $b)#end{"statusCode": 200}' },
    }),
    /pages_OPTIONS_page: request_templates\.application\/json = .* is not supported/,
    ['OPTIONS /page'],
  ],
  [
    'an unusual variable in a gateway response',
    'rest-api-callers',
    set('aws_api_gateway_gateway_response', 'DEFAULT_4XX', {
      response_parameters: { 'gatewayresponse.header.X-Path': "method.request.path['id']" },
    }),
    /DEFAULT_4XX: response_parameters\.gatewayresponse\.header\.X-Path = "method.*" is not supported/,
    [...PAGES, 'OPTIONS /page', 'OPTIONS /shared'],
  ],
])('routes answer 501 that depend on %s', (_, fixture, change, message, routes) => {
  const { apis, notSimulated } = read(fixture, change);
  expect(notSimulated.map(notSimulatedText).join('\n')).toMatch(message);
  const answering501 = apis.flatMap((api) => [...api.routes]).filter((route) => route.notSimulated);
  expect(answering501.map(({ routeKey }) => routeKey).sort()).toEqual([...routes].sort());
});
