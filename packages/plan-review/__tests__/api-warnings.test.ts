/** Warnings about APIs and other services that let in more callers. */
import { changeWarnings, expectAccess, type WarningCase } from './support/warnings';

const cors = (more: object) => ({ cors_configuration: [{ allow_origins: ['https://a'], ...more }] });
const body = (operation: object) => ({ body: JSON.stringify({ paths: { '/a': { get: operation } } }) });

test.each<WarningCase>([
  [
    'another authorizer',
    'aws_apigatewayv2_route',
    { authorization_type: 'JWT', authorizer_id: 'a' },
    { authorization_type: 'JWT', authorizer_id: 'b' },
    ['gets another authorizer: `b` instead of `a`'],
  ],
  [
    'another issuer',
    'aws_apigatewayv2_authorizer',
    { jwt_configuration: [{ issuer: 'https://a', audience: ['x'] }] },
    { jwt_configuration: [{ issuer: 'https://b', audience: ['x', 'y'] }] },
    ['trusts another `issuer`: `https://b` instead of `https://a`', 'accepts tokens for more audiences: `y`'],
  ],
  [
    'a default endpoint',
    'aws_apigatewayv2_api',
    { disable_execute_api_endpoint: true },
    { disable_execute_api_endpoint: false },
    [/^opens the default endpoint/],
  ],
  [
    'an operation of an OpenAPI document',
    'aws_api_gateway_rest_api',
    body({ security: [{ key: [] }] }),
    body({}),
    ['no longer authorizes callers of `GET /a`'],
  ],
  [
    'an operation that accepts callers without a key',
    'aws_api_gateway_rest_api',
    body({ security: [{ key: [] }] }),
    body({ security: [{ key: [] }, {}] }),
    ['no longer authorizes callers of `GET /a`'],
  ],
  [
    'an operation that requires one scheme in place of two',
    'aws_api_gateway_rest_api',
    body({ security: [{ key: [], iam: [] }] }),
    body({ security: [{ key: [] }] }),
    [/^authorizes callers of `GET \/a` in another way/],
  ],
  [
    'a removed web ACL',
    'aws_wafv2_web_acl_association',
    { resource_arn: 'arn:r' },
    null,
    [/^is deleted: no rule filters/],
  ],
  ['a removed policy of an API', 'aws_api_gateway_rest_api', { policy: '{}' }, { policy: '' }, [/^loses its policy/]],
  ['a deleted policy of a file system', 'aws_efs_file_system_policy', { policy: '{}' }, null, [/^loses its policy/]],
  [
    'an API key in place of a user',
    'aws_appsync_graphql_api',
    { authentication_type: 'AWS_IAM' },
    { authentication_type: 'API_KEY' },
    [/API key/],
  ],
  [
    'credentials',
    'aws_apigatewayv2_api',
    cors({}),
    cors({ allow_credentials: true }),
    ["lets web pages of `https://a` send the user's credentials: `allow_credentials`"],
  ],
  [
    'credentials of a new URL',
    'aws_lambda_function_url',
    null,
    { cors: [{ allow_credentials: true }] },
    [/credentials/],
  ],
  [
    'more origins',
    'aws_apigatewayv2_api',
    cors({}),
    cors({ allow_origins: ['*'] }),
    ['lets in web pages of more origins: `*`'],
  ],
  [
    'more origins of a bucket',
    'aws_s3_bucket_cors_configuration',
    { cors_rule: [{ allowed_origins: ['https://a'] }] },
    { cors_rule: [{ allowed_origins: ['https://a', 'https://b'] }] },
    ['lets in web pages of more origins: `https://b`'],
  ],
  [
    'an origin in a header of an existing REST API',
    'aws_api_gateway_integration_response',
    null,
    { rest_api_id: 'a', response_parameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" } },
    ["lets in web pages of more origins: `'*'`"],
  ],
  ['fewer origins', 'aws_apigatewayv2_api', cors({ allow_origins: ['*'] }), cors({}), []],
  [
    'a larger throttle',
    'aws_apigatewayv2_stage',
    { default_route_settings: [{ throttling_rate_limit: 10, throttling_burst_limit: 5 }] },
    { default_route_settings: [{ throttling_rate_limit: 100, throttling_burst_limit: 5 }] },
    ['has a larger `throttling_rate_limit`: 100 instead of 10'],
  ],
  [
    'a removed throttle',
    'aws_api_gateway_method_settings',
    { settings: [{ throttling_rate_limit: 10 }] },
    { settings: [{ throttling_rate_limit: -1 }] },
    ['loses its `throttling_rate_limit`, which was 10'],
  ],
  [
    'a larger throttle of a route',
    'aws_apigatewayv2_stage',
    { default_route_settings: [{ throttling_rate_limit: 10 }], route_settings: [] },
    {
      default_route_settings: [{ throttling_rate_limit: 10 }],
      route_settings: [{ route_key: 'GET /a', throttling_rate_limit: 1_000 }],
    },
    ['has a larger `throttling_rate_limit`: 1000 instead of 10'],
  ],
  [
    'a larger quota',
    'aws_api_gateway_usage_plan',
    { quota_settings: [{ limit: 1 }] },
    { quota_settings: [] },
    [/loses its `limit`/],
  ],
  [
    'a shorter period of a quota',
    'aws_api_gateway_usage_plan',
    { quota_settings: [{ limit: 1, period: 'MONTH' }] },
    { quota_settings: [{ limit: 1, period: 'DAY' }] },
    ['resets its quota every `DAY` instead of every `MONTH`'],
  ],
  [
    'a smaller throttle',
    'aws_apigatewayv2_stage',
    { default_route_settings: [{ throttling_rate_limit: 10 }] },
    { default_route_settings: [{ throttling_rate_limit: 1 }] },
    [],
  ],
])('%s', (_, type, before, after, expected) => expectAccess(type, before, after, expected));

test.each<[string, string, object, object, RegExp]>([
  ['an inactive access key', 'aws_iam_access_key', { status: 'Inactive' }, { status: 'Active' }, /becomes active/],
  ['a disabled API key', 'aws_api_gateway_api_key', { enabled: false }, { enabled: true }, /is enabled/],
  [
    'a user pool',
    'aws_cognito_user_pool',
    { admin_create_user_config: [{ allow_admin_create_user_only: true }] },
    { admin_create_user_config: [{ allow_admin_create_user_only: false }] },
    /sign up/,
  ],
  ['a second factor', 'aws_cognito_user_pool', { mfa_configuration: 'ON' }, { mfa_configuration: 'OFF' }, /second/],
  ['an internal load balancer', 'aws_lb', { internal: true }, { internal: false }, /no longer internal/],
])('warns of %s that opens, and is quiet in the other direction', (_, type, closed, open, expected) => {
  expect(changeWarnings(type, closed, open)).toEqual([expect.stringMatching(expected)]);
  expect(changeWarnings(type, open, closed).filter((line) => line.startsWith('access'))).toEqual([]);
});

test('warns of another kind of authorization', () => {
  const [before, after] = [{ authorization: 'AWS_IAM' }, { authorization: 'CUSTOM' }];
  expect(changeWarnings('aws_api_gateway_method', before, after)).toEqual([
    expect.stringMatching(/authorizes callers in another way: `CUSTOM` instead of `AWS_IAM`/),
  ]);
});

test.each([
  [{}, { '/b': { $ref: '#/x/open' } }],
  [{ '/b': { $ref: '#/x/closed' } }, { '/b': { $ref: '#/x/open' } }],
  [{ '/a': {}, '/b': { $ref: '#/x/a' } }, { '/b': { $ref: '#/x/a' } }],
])('warns of a path of an OpenAPI document that is at another place: %j becomes %j', (before, after) => {
  const body = (paths: object) => ({ body: JSON.stringify({ openapi: '3.0.1', paths }) });
  const warnings = changeWarnings('aws_apigatewayv2_api', body(before), body(after));
  expect(warnings).toContainEqual(expect.stringMatching(/operations of `\/b` from another place/));
});

test('an OpenAPI document with 3,000 paths at another place takes less than a second', () => {
  const paths = Array.from({ length: 3_000 }, (_, index) => [`/${index}`, { $ref: `#/x/${index}` }]);
  const body = (version: string) => ({ body: JSON.stringify({ version, paths: Object.fromEntries(paths) as object }) });
  const start = process.cpuUsage();
  expect(changeWarnings('aws_apigatewayv2_api', body('1'), body('2'))).toHaveLength(1);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1e6).toBeLessThan(1);
});
