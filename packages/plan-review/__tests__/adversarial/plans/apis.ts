/** APIs and functions that more callers may call. */
import {
  type Attack,
  type ChangeRow,
  changeOf,
  type CreateRow,
  creationOf,
  more,
  OTHER,
  OWN,
  resource,
} from '../build';

const arn = (service: string, name: string) => `arn:aws:${service}:eu-central-1:${OWN}:${name}`;
const ROUTE = {
  api_id: 'abc',
  route_key: 'GET /x',
  authorization_type: 'JWT',
  authorizer_id: 'a1',
  authorization_scopes: ['read'],
};
const METHOD = { rest_api_id: 'abc', http_method: 'GET', authorization: 'AWS_IAM', api_key_required: true };
const CORS = {
  allow_credentials: false,
  allow_headers: [],
  allow_methods: ['GET'],
  allow_origins: ['https://ferry.example'],
};
const THROTTLE = { throttling_burst_limit: 20, throttling_rate_limit: 10 };
const JWT = {
  api_id: 'abc',
  name: 'a',
  authorizer_type: 'JWT',
  identity_sources: ['$request.header.Authorization'],
  jwt_configuration: [{ audience: ['ferry'], issuer: 'https://id.example' }],
};

const CHANGES: readonly ChangeRow[] = [
  [
    'a route without authorization',
    'aws_apigatewayv2_route',
    ROUTE,
    { authorization_type: 'NONE', authorizer_id: null },
    /JWT/,
  ],
  [
    'an open route for every request',
    'aws_apigatewayv2_route',
    { api_id: 'abc', route_key: 'GET /health', authorization_type: 'NONE' },
    { route_key: 'ANY /{proxy+}' },
    /proxy/,
  ],
  ['a route with another authorizer', 'aws_apigatewayv2_route', ROUTE, { authorizer_id: 'a2' }, /authorizer/],
  [
    'a route with one more scope to choose from',
    'aws_apigatewayv2_route',
    ROUTE,
    { authorization_scopes: ['read', 'visitor'] },
    /scope.*visitor/,
  ],
  ['a route without scopes', 'aws_apigatewayv2_route', ROUTE, { authorization_scopes: [] }, /scope/],
  ['a method without an API key', 'aws_api_gateway_method', METHOD, { api_key_required: false }, /API key/],
  ['a method without authorization', 'aws_api_gateway_method', METHOD, { authorization: 'NONE' }, /AWS_IAM/],
  [
    'an authorizer with one more audience',
    'aws_apigatewayv2_authorizer',
    JWT,
    { jwt_configuration: [{ audience: ['ferry', 'anyone'], issuer: 'https://id.example' }] },
    /anyone/,
  ],
  [
    'an authorizer with another issuer',
    'aws_apigatewayv2_authorizer',
    JWT,
    { jwt_configuration: [{ audience: ['ferry'], issuer: 'https://evil.example' }] },
    /evil\.example/,
  ],
  [
    'an authorizer with another function',
    'aws_api_gateway_authorizer',
    { rest_api_id: 'abc', authorizer_uri: 'a', type: 'TOKEN' },
    { authorizer_uri: 'b' },
    /authorizer/,
  ],
  [
    'an authorizer with another user pool',
    'aws_api_gateway_authorizer',
    { rest_api_id: 'abc', provider_arns: [arn('cognito-idp', 'userpool/a')], type: 'COGNITO_USER_POOLS' },
    { provider_arns: [arn('cognito-idp', 'userpool/a'), arn('cognito-idp', 'userpool/b')] },
    /userpool\/b/,
  ],
  [
    'CORS with credentials',
    'aws_apigatewayv2_api',
    { name: 'a', cors_configuration: [CORS] },
    { cors_configuration: [{ ...CORS, allow_credentials: true }] },
    /credentials/,
  ],
  [
    'CORS for any origin',
    'aws_apigatewayv2_api',
    { name: 'a', cors_configuration: [CORS] },
    { cors_configuration: [{ ...CORS, allow_origins: ['*'] }] },
    /origin/,
  ],
  [
    'CORS for one more origin',
    'aws_apigatewayv2_api',
    { name: 'a', cors_configuration: [CORS] },
    { cors_configuration: [{ ...CORS, allow_origins: ['https://ferry.example', 'https://evil.example'] }] },
    /evil\.example/,
  ],
  [
    'CORS of a function URL',
    'aws_lambda_function_url',
    { function_name: 'f', authorization_type: 'AWS_IAM', cors: [] },
    { cors: [{ allow_credentials: true, allow_origins: ['*'] }] },
    /credentials|origin/,
  ],
  [
    'a stage without a throttle',
    'aws_apigatewayv2_stage',
    { api_id: 'abc', name: 'a', default_route_settings: [THROTTLE] },
    { default_route_settings: [] },
    /throttl|limit/,
  ],
  [
    'a stage with a wider throttle',
    'aws_apigatewayv2_stage',
    { api_id: 'abc', name: 'a', default_route_settings: [THROTTLE] },
    { default_route_settings: [{ ...THROTTLE, throttling_rate_limit: 9000 }] },
    /9000/,
  ],
  [
    'a route with a wider throttle',
    'aws_apigatewayv2_stage',
    { api_id: 'abc', name: 'a', route_settings: [{ ...THROTTLE, route_key: 'GET /x' }] },
    { route_settings: [{ ...THROTTLE, route_key: 'GET /x', throttling_burst_limit: 5000 }] },
    /5000/,
  ],
  [
    'methods without a throttle',
    'aws_api_gateway_method_settings',
    { rest_api_id: 'abc', settings: [THROTTLE] },
    { settings: [{ throttling_burst_limit: -1, throttling_rate_limit: -1 }] },
    /throttl|limit/,
  ],
  [
    'a usage plan with a larger quota',
    'aws_api_gateway_usage_plan',
    { name: 'a', quota_settings: [{ limit: 100, period: 'DAY', offset: 0 }] },
    { quota_settings: [{ limit: 100000, period: 'DAY', offset: 0 }] },
    /100000/,
  ],
  [
    'a usage plan with a shorter period',
    'aws_api_gateway_usage_plan',
    { name: 'a', quota_settings: [{ limit: 100, period: 'MONTH', offset: 0 }] },
    { quota_settings: [{ limit: 100, period: 'DAY', offset: 0 }] },
    /quota|period|limit/,
  ],
  [
    'a usage plan without a throttle',
    'aws_api_gateway_usage_plan',
    { name: 'a', throttle_settings: [{ burst_limit: 5, rate_limit: 2 }] },
    { throttle_settings: [] },
    /throttl|limit/,
  ],
  [
    'the default endpoint is open again',
    'aws_apigatewayv2_api',
    { name: 'a', disable_execute_api_endpoint: true },
    { disable_execute_api_endpoint: false },
    /endpoint/,
  ],
  [
    'a function URL for anyone',
    'aws_lambda_function_url',
    { function_name: 'f', authorization_type: 'AWS_IAM' },
    { authorization_type: 'NONE' },
    /anyone|NONE/,
  ],
];

const NEW: readonly CreateRow[] = [
  [
    'the invocation of a function by an account',
    'aws_lambda_permission',
    { principal: OTHER, action: 'lambda:InvokeFunction', function_name: 'f' },
    new RegExp(OTHER),
  ],
  [
    'the invocation of a function by anyone',
    'aws_lambda_permission',
    { principal: '*', action: 'lambda:InvokeFunctionUrl', function_name: 'f', function_url_auth_type: 'NONE' },
    /\*/,
  ],
  ['a function URL', 'aws_lambda_function_url', { function_name: 'f', authorization_type: 'NONE' }, /anyone|NONE/],
  [
    'a route of an existing API',
    'aws_apigatewayv2_route',
    { api_id: 'abc', route_key: 'DELETE /x', authorization_type: 'NONE' },
    /open to anyone/,
  ],
];

export const apis: readonly Attack[] = [
  ...CHANGES.map(changeOf),
  ...NEW.map(creationOf),
  more(
    'a firewall that leaves an API',
    [resource('aws_wafv2_web_acl_association.a', { resource_arn: 'a', web_acl_arn: 'b' }, null)],
    {
      warns: /aws_wafv2_web_acl_association/,
    },
  ),
];
