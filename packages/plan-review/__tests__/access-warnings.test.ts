/** Warnings about wider access by settings other than policies. */
import { changeWarnings } from './support/warnings';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers';
const grant = (grantee: object) => ({
  access_control_policy: [{ owner: [{ id: 'me' }], grant: [{ grantee: [grantee], permission: 'READ' }] }],
});
const cors = (more: object) => ({ cors_configuration: [{ allow_origins: ['https://a'], ...more }] });
const body = (operation: object) => ({ body: JSON.stringify({ paths: { '/a': { get: operation } } }) });

test.each<[string, string, object | null, object | null, readonly (string | RegExp)[]]>([
  // Managed policies
  [
    'an attachment to an existing role',
    'aws_iam_policy_attachment',
    null,
    { policy_arn: ADMINISTRATOR, roles: ['r'] },
    [`attaches the managed policy \`${ADMINISTRATOR}\` to \`r\``],
  ],
  [
    'a managed policy of a new role',
    'aws_iam_role',
    null,
    { managed_policy_arns: [ADMINISTRATOR] },
    [/AdministratorAccess/],
  ],
  [
    "a new role with AWS's policy for logs",
    'aws_iam_role',
    null,
    { managed_policy_arns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'] },
    [],
  ],
  [
    'one more role of an attachment',
    'aws_iam_policy_attachment',
    { policy_arn: 'arn:p', roles: ['r'] },
    { policy_arn: 'arn:p', roles: ['r', 's'] },
    ['attaches the managed policy `arn:p` to `s`'],
  ],
  [
    'a permission set',
    'aws_ssoadmin_managed_policy_attachment',
    null,
    { managed_policy_arn: ADMINISTRATOR },
    [/AdministratorAccess/],
  ],
  [
    'an attachment that moves to another role',
    'aws_iam_role_policy_attachment',
    { policy_arn: ADMINISTRATOR, role: 'a' },
    { policy_arn: ADMINISTRATOR, role: 'b' },
    [`attaches the managed policy \`${ADMINISTRATOR}\``],
  ],
  [
    'a policy that moves to another role',
    'aws_iam_role_policy',
    { policy: '{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}', role: 'a' },
    { policy: '{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}', role: 'b' },
    ['allows `s3:Get*` on `*`'],
  ],
  [
    'a permission that moves to another function',
    'aws_lambda_permission',
    { principal: 'sns.amazonaws.com', source_arn: 'arn:a', function_name: 'a' },
    { principal: 'sns.amazonaws.com', source_arn: 'arn:a', function_name: 'b' },
    ['lets another source invoke an existing function: `sns.amazonaws.com`, `arn:a`'],
  ],
  ...['*', 'arn:aws:sns:*:*:t'].map((source): [string, string, null, object, string[]] => [
    `a permission for the source ${source}`,
    'aws_lambda_permission',
    null,
    { principal: 'sns.amazonaws.com', source_arn: source, function_name: 'f' },
    [
      `lets \`sns.amazonaws.com\` invoke the function on behalf of sources outside of your accounts: \`source_arn\` \`${source}\``,
    ],
  ]),
  // Public access
  [
    'an ACL',
    'aws_s3_bucket_acl',
    { acl: 'private' },
    { acl: 'public-read' },
    [/^becomes `public-read`, which was `private`/],
  ],
  ['an ACL that narrows', 'aws_s3_bucket_acl', { acl: 'public-read' }, { acl: 'private' }, []],
  ['an ACL of a new object', 'aws_s3_object', null, { acl: 'public-read-write' }, [/public-read-write/]],
  ['an unknown ACL', 'aws_s3_object', null, { acl: 'whole-galaxy' }, [/whole-galaxy/]],
  ['a grant to everyone', 'aws_s3_bucket_acl', {}, grant({ uri: ALL_USERS }), [`grants \`READ\` to \`${ALL_USERS}\``]],
  ['a grant to another account', 'aws_s3_bucket_acl', {}, grant({ id: 'you' }), ['grants `READ` to `you`']],
  ['a grant to the owner', 'aws_s3_bucket_acl', {}, grant({ id: 'me' }), []],
  [
    'a grant beside its permissions',
    'aws_s3_bucket',
    {},
    { grant: [{ uri: ALL_USERS, permissions: ['WRITE'] }] },
    [`grants \`WRITE\` to \`${ALL_USERS}\``],
  ],
  [
    'an ACL that moves to another bucket',
    'aws_s3_bucket_acl',
    { acl: 'public-read', bucket: 'a' },
    { acl: 'public-read', bucket: 'b' },
    ['becomes `public-read`: anyone can read'],
  ],
  [
    'a public access block that moves to another bucket',
    'aws_s3_bucket_public_access_block',
    { block_public_policy: true, bucket: 'a' },
    { block_public_policy: true, bucket: 'b' },
    ['is deleted: the bucket can be made public'],
  ],
  [
    'ownership by the writers',
    'aws_s3_bucket_ownership_controls',
    { rule: [{ object_ownership: 'BucketOwnerEnforced' }] },
    { rule: [{ object_ownership: 'ObjectWriter' }] },
    [/^lets ACLs grant access/],
  ],
  [
    'a new public access block without its blocks',
    'aws_s3_bucket_public_access_block',
    null,
    { bucket: 'b', block_public_acls: true, block_public_policy: false, ignore_public_acls: true },
    ['no longer blocks public access: `block_public_policy`, `restrict_public_buckets`'],
  ],
  // Functions
  [
    'another account that may invoke a function',
    'aws_lambda_permission',
    null,
    { principal: '444455556666', function_name: 'f' },
    ['lets `444455556666`, outside of your accounts, invoke the function'],
  ],
  // Routes
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
  // CORS
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
  // Throttles
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
  // Identities
  ['an access key', 'aws_iam_access_key', null, { user: 'u' }, ['is a new access key of the user `u`']],
  [
    'another boundary',
    'aws_iam_role',
    { permissions_boundary: 'arn:a' },
    { permissions_boundary: 'arn:b' },
    ['gets another permissions boundary: `arn:b` instead of `arn:a`'],
  ],
  ['a group', 'aws_iam_user_group_membership', { groups: ['a'] }, { groups: ['a', 'b'] }, ['adds `b` to `groups`']],
  ['a snapshot for another account', 'aws_db_snapshot', { shared_accounts: [] }, { shared_accounts: ['4'] }, [/`4`/]],
  // Network
  [
    'an open port',
    'aws_security_group',
    { ingress: [{ cidr_blocks: ['10.0.0.0/8'], from_port: 22 }] },
    { ingress: [{ cidr_blocks: ['0.0.0.0/0'], from_port: 22 }] },
    ['lets in the whole internet: `0.0.0.0/0`'],
  ],
  ['an open way out', 'aws_security_group', {}, { egress: [{ cidr_blocks: ['0.0.0.0/0'] }] }, []],
  ['a public database', 'aws_db_instance', {}, { publicly_accessible: true }, [/reachable from the internet/]],
])('%s', (_, type, before, after, expected) => {
  const found = changeWarnings(type, before, after).filter((text) => text.startsWith('access'));
  expect(found).toEqual(
    expected.map((text) =>
      typeof text === 'string'
        ? `access: ${text}`
        : expect.stringMatching(new RegExp(text.source.replace('^', '^access: '))),
    ),
  );
});

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
  [
    'another kind of authorization',
    'aws_api_gateway_method',
    { authorization: 'AWS_IAM' },
    { authorization: 'CUSTOM' },
    /authorizes callers in another way: `CUSTOM` instead of `AWS_IAM`/,
  ],
])('warns of %s that opens, and is quiet in the other direction', (_, type, closed, open, expected) => {
  expect(changeWarnings(type, closed, open)).toEqual([expect.stringMatching(expected)]);
  if (!('authorization' in closed)) {
    expect(changeWarnings(type, open, closed).filter((line) => line.startsWith('access'))).toEqual([]);
  }
});

const ingress = (from: number, to: number, range: string, protocol = 'tcp') => ({
  ...{ from_port: from, to_port: to, protocol, cidr_blocks: [range] },
});

test.each<[string, object[], object[], RegExp | undefined]>([
  [
    'two ports whose ranges change places',
    [ingress(443, 443, '0.0.0.0/0'), ingress(22, 22, '10.0.0.0/8')],
    [ingress(22, 22, '0.0.0.0/0'), ingress(443, 443, '10.0.0.0/8')],
    /on more ports/,
  ],
  ['more ports', [ingress(443, 443, '0.0.0.0/0')], [ingress(0, 65535, '0.0.0.0/0')], /on more ports/],
  ['fewer ports', [ingress(0, 65535, '0.0.0.0/0')], [ingress(443, 443, '0.0.0.0/0')], undefined],
  ['every protocol', [ingress(443, 443, '::/0')], [ingress(0, 0, '::/0', '-1')], /on more ports/],
  ['a quarter of the internet', [], [ingress(443, 443, '64.0.0.0/2')], /much of the internet/],
  ['all public IPv6 addresses', [], [ingress(443, 443, '2000::/3')], /much of the internet/],
  ['a private network', [], [ingress(443, 443, '10.0.0.0/8'), ingress(443, 443, 'fd00::/8')], undefined],
])('a security group for %s', (_, before, after, expected) => {
  expect(changeWarnings('aws_security_group', { ingress: before }, { ingress: after })).toEqual(
    expected ? [expect.stringMatching(expected)] : [],
  );
});

const acl = (action: object, limit: number, fallback: object) => ({
  default_action: [fallback],
  rule: [{ name: 'flood', action: [action], statement: [{ rate_based_statement: [{ limit }] }] }],
});
const block = { allow: [], block: [{ custom_response: [] }] };
const allowing = { allow: [{ custom_request_handling: [] }], block: [] };

test.each<[string, object, object, string[]]>([
  [
    'allows what no rule blocks',
    acl(block, 100, block),
    acl(block, 100, allowing),
    ['lets in requests that no rule blocks: `default_action` becomes allow'],
  ],
  [
    'allows by a rule that blocked',
    acl(block, 100, block),
    acl(allowing, 100, block),
    ['no longer blocks requests with the rule `flood`'],
  ],
  [
    'loses a rule that blocks',
    acl(block, 100, block),
    { default_action: [block], rule: [] },
    ['no longer blocks requests with the rule `flood`'],
  ],
  [
    'allows more requests',
    acl(block, 100, block),
    acl(block, 2000, block),
    ['lets in more requests of one caller: 2000 instead of 100'],
  ],
  ['blocks more', acl(allowing, 2000, allowing), acl(block, 100, block), []],
])('a web ACL that %s', (_, before, after, expected) => {
  expect(changeWarnings('aws_wafv2_web_acl', before, after)).toEqual(expected.map((line) => `access: ${line}`));
});

test.each<[policy: string, expected: string[]]>([
  [
    'arn:aws:iam::aws:policy/AWSDenyAll',
    ['access: loses `arn:aws:iam::aws:policy/AWSDenyAll`: its denials no longer apply'],
  ],
  ['arn:aws:iam::aws:policy/ReadOnlyAccess', []],
])('a role that loses the managed policy %s', (policy, expected) => {
  expect(changeWarnings('aws_iam_role_policy_attachment', { role: 'a', policy_arn: policy }, null)).toEqual(expected);
});
