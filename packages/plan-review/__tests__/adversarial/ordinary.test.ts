/** Ordinary changes cause no warnings: a reviewer who sees warnings in every plan stops reading them. */
import { readPlanText, warningLines } from '../support/review';
import { allow, type Attributes, document, OWN, planOf, resource, type Resource, TABLE } from './build';

const trust = document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } });
const role = (more: Attributes = {}) =>
  resource('aws_iam_role.a', null, { name: 'a', assume_role_policy: trust, ...more });
const changed = (type: string, before: Attributes, after: Attributes) => [
  resource(`${type}.a`, { name: 'a', ...before }, { name: 'a', ...after }),
];
const rule = (days: number) => ({
  bucket: 'a',
  rule: [{ id: 'a', status: 'Enabled', filter: [{}], expiration: [{ days }] }],
});
const ttl = (enabled: boolean) => ({ ttl: [{ enabled, attribute_name: 'expires' }] });
const throttle = (rate: number) => ({
  default_route_settings: [{ throttling_burst_limit: 10, throttling_rate_limit: rate }],
});
const cors = (...origins: readonly string[]) => ({
  cors_configuration: [{ allow_origins: origins, allow_credentials: false }],
});
const INTERNET = '0.0.0.0/0';
const PRIVATE = '10.0.0.0/8';
const ingress = (...rules: readonly (readonly [port: number, range: string])[]) => ({
  ingress: rules.map(([port, range]) => ({ from_port: port, to_port: port, protocol: 'tcp', cidr_blocks: [range] })),
});
const backups = (...rules: readonly (readonly [name: string, days: number])[]) => ({
  rule: rules.map(([name, days]) => ({ rule_name: name, lifecycle: [{ delete_after: days }] })),
});
const OF_ROLE = { expressions: { role: { references: ['aws_iam_role.a.name', 'aws_iam_role.a'] } } };
const policyOf = (...statements: readonly Attributes[]) => ({ role: 'a', policy: document(...statements) });

const CHECK = 'aws_lambda_function.check';
const check = { function_name: 'check', qualified_arn: `arn:aws:lambda:eu-central-1:${OWN}:function:check:1` };
const uri = `arn:aws:apigateway:eu-central-1:lambda:path/${check.qualified_arn}/invocations`;
const referencesTo = (address: string) => ({ references: [`${address}.id`, address] });
const authorizerWith = (ownFunction: Resource, after: Attributes, unknown: Attributes) => [
  ownFunction,
  resource(
    'aws_api_gateway_authorizer.a',
    { rest_api_id: 'a', authorizer_uri: uri },
    { rest_api_id: 'a', tags: {}, ...after },
    { after_unknown: unknown },
    { expressions: { authorizer_uri: referencesTo(CHECK) } },
  ),
];

const ORDINARY: Readonly<Record<string, readonly Resource[]>> = {
  'a new role of a function, with its policy': [
    role(),
    resource(
      'aws_iam_role_policy.a',
      null,
      policyOf(
        allow({ Action: ['dynamodb:GetItem', 'dynamodb:PutItem'] }),
        allow({
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: 'arn:aws:logs:*:*:log-group:/aws/lambda/a:*',
        }),
      ),
      {},
      OF_ROLE,
    ),
  ],
  'a new role with the policy for logs that AWS manages': [
    role(),
    resource(
      'aws_iam_role_policy_attachment.a',
      null,
      { role: 'a', policy_arn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' },
      {},
      OF_ROLE,
    ),
  ],
  'a new queue for a topic': [
    resource('aws_sqs_queue.a', null, { name: 'a', message_retention_seconds: 60 }),
    resource(
      'aws_sqs_queue_policy.a',
      null,
      {
        policy: document({
          ...{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' },
          Condition: { ArnEquals: { 'aws:SourceArn': `arn:aws:sns:eu-central-1:${OWN}:a` } },
        }),
      },
      { after_unknown: { queue_url: true } },
      { expressions: { queue_url: { references: ['aws_sqs_queue.a.id', 'aws_sqs_queue.a'] } } },
    ),
  ],
  'a new bucket that deletes old objects': [
    resource('aws_s3_bucket.a', null, { bucket: 'a', force_destroy: false }),
    resource(
      'aws_s3_bucket_lifecycle_configuration.a',
      null,
      rule(1),
      {},
      {
        expressions: { bucket: { references: ['aws_s3_bucket.a.id', 'aws_s3_bucket.a'] } },
      },
    ),
    resource('aws_s3_bucket_acl.a', null, { bucket: 'a', acl: 'private' }),
  ],
  'a new table with a time to live': [resource('aws_dynamodb_table.a', null, { name: 'a', ...ttl(true) })],
  'a new log group that keeps little': [
    resource('aws_cloudwatch_log_group.a', null, { name: 'a', retention_in_days: 1 }),
  ],
  'a policy that allows less': changed(
    'aws_iam_role_policy',
    policyOf(allow({ Action: 'dynamodb:*' })),
    policyOf(allow()),
  ),
  'a policy with its statements in another order': changed(
    'aws_iam_role_policy',
    policyOf(allow(), allow({ Action: 's3:GetObject' })),
    policyOf(allow({ Action: 's3:GetObject' }), allow()),
  ),
  'a policy with one more condition': changed(
    'aws_iam_role_policy',
    policyOf(allow()),
    policyOf(allow({ Condition: { StringEquals: { 'aws:userid': 'a' } } })),
  ),
  'a policy that denies more': changed(
    'aws_iam_role_policy',
    policyOf(allow()),
    policyOf(allow(), { Effect: 'Deny', Action: '*', Resource: TABLE }),
  ),
  'a later expiration': changed('aws_s3_bucket_lifecycle_configuration', rule(1), rule(90)),
  'a time to live that is switched off': changed('aws_dynamodb_table', ttl(true), ttl(false)),
  'a protection that is switched on': changed(
    'aws_dynamodb_table',
    { deletion_protection_enabled: false, point_in_time_recovery: [{ enabled: false }] },
    { deletion_protection_enabled: true, point_in_time_recovery: [{ enabled: true }] },
  ),
  'a narrower throttle': changed('aws_apigatewayv2_stage', throttle(100), throttle(10)),
  'one origin less': changed(
    'aws_apigatewayv2_api',
    cors('https://a.example', 'https://b.example'),
    cors('https://a.example'),
  ),
  'a longer retention': changed('aws_sqs_queue', { message_retention_seconds: 60 }, { message_retention_seconds: 600 }),
  'a timeout': changed('aws_lambda_function', { timeout: 3 }, { timeout: 1 }),
  'blocks in another order': [
    ...changed('aws_security_group', ingress([443, INTERNET], [22, PRIVATE]), ingress([22, PRIVATE], [443, INTERNET])),
    ...changed('aws_backup_plan', backups(['daily', 365], ['hourly', 1]), backups(['hourly', 1], ['daily', 365])),
  ],
  'less ports for the internet': changed(
    'aws_security_group',
    ingress([443, INTERNET], [22, INTERNET]),
    ingress([443, INTERNET]),
  ),
  'a port of the private network': changed('aws_security_group', ingress([443, PRIVATE]), ingress([8443, PRIVATE])),
  'settings that AWS computes anew': [
    resource(
      'aws_db_instance.a',
      { name: 'a', publicly_accessible: false, backup_retention_period: 7 },
      { name: 'b' },
      { after_unknown: { publicly_accessible: true, backup_retention_period: true } },
      { expressions: { name: { constant_value: 'b' } } },
    ),
  ],
  'an authorizer whose function is updated': authorizerWith(
    resource(CHECK, { ...check, timeout: 3 }, { ...check, timeout: 9 }),
    { authorizer_uri: uri },
    {},
  ),
  'an authorizer whose function is published again': authorizerWith(
    resource(CHECK, check, { function_name: 'check', timeout: 9 }, { after_unknown: { qualified_arn: true } }),
    {},
    { authorizer_uri: true },
  ),
  'an authorizer whose function is replaced': authorizerWith(
    resource(
      CHECK,
      check,
      { function_name: 'check' },
      { actions: ['delete', 'create'], after_unknown: { qualified_arn: true } },
    ),
    {},
    { authorizer_uri: true },
  ),
  'an authorizer whose user pool is updated and whose client is replaced': [
    resource('aws_cognito_user_pool.pool', { id: 'eu-central-1_A', name: 'a' }, { id: 'eu-central-1_A', name: 'b' }),
    resource(
      'aws_cognito_user_pool_client.web',
      { id: 'web1' },
      {},
      { actions: ['delete', 'create'], after_unknown: { id: true } },
    ),
    resource(
      'aws_apigatewayv2_authorizer.a',
      { api_id: 'abc', jwt_configuration: [{ issuer: 'https://id.example/eu-central-1_A', audience: ['web1'] }] },
      { api_id: 'abc', jwt_configuration: [{ issuer: 'https://id.example/eu-central-1_A', audience: [null] }] },
      { after_unknown: { jwt_configuration: [{ audience: [true] }] } },
      {
        expressions: {
          jwt_configuration: [
            {
              issuer: referencesTo('aws_cognito_user_pool.pool'),
              audience: referencesTo('aws_cognito_user_pool_client.web'),
            },
          ],
        },
      },
    ),
  ],
  'a detached policy without denials': [
    resource('aws_iam_role_policy_attachment.a', { role: 'a', policy_arn: `arn:aws:iam::${OWN}:policy/b` }, null),
  ],
  'a closed public access block': [
    resource('aws_s3_bucket_public_access_block.a', null, {
      ...{ bucket: 'a', block_public_acls: true, block_public_policy: true },
      ...{ ignore_public_acls: true, restrict_public_buckets: true },
    }),
  ],
  'a move': [
    resource(
      'aws_iam_role.a',
      { name: 'a' },
      { name: 'a' },
      { actions: ['no-op'] },
      { previous_address: 'aws_iam_role.b' },
    ),
  ],
};

test.each(Object.entries(ORDINARY))('%s has no warning', (_, resources) => {
  expect(warningLines(readPlanText(planOf({ resources })))).toEqual([]);
});
