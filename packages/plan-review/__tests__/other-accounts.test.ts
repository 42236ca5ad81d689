/** Warnings about other accounts, addresses and roles in settings outside of policies. */
import { planOf, resource, OTHER, OWN, type Attributes, type Resource } from './adversarial/build';
import { readPlanText, warningLines } from './support/review';

const linesOf = (type: string, before: Attributes | null, after: Attributes, expressions: Attributes = {}) =>
  warningLines(readPlanText(planOf({ resources: [resource(`${type}.a`, before, after, {}, { expressions })] })));
const arn = (service: string, account: string, rest: string) => `arn:aws:${service}:eu-central-1:${account}:${rest}`;

type Row = readonly [type: string, name: string, valueOf: (account: string) => unknown];

const PLACES: readonly Row[] = [
  ['aws_lambda_function', 'layers', (account) => [arn('lambda', account, 'layer:a:1')]],
  [
    'aws_ecr_replication_configuration',
    'replication_configuration',
    (account) => [{ rule: [{ destination: [{ region: 'eu-central-1', registry_id: account }] }] }],
  ],
  [
    'aws_apigatewayv2_integration',
    'request_parameters',
    (account) => ({ QueueUrl: `https://sqs.eu-central-1.amazonaws.com/${account}/a` }),
  ],
  ['aws_lambda_function', 'image_uri', (account) => `${account}.dkr.ecr.eu-central-1.amazonaws.com/a:1`],
  ['aws_s3_bucket_replication_configuration', 'rule', (account) => [{ id: 'a', destination: [{ account }] }]],
  ['aws_cloudwatch_log_subscription_filter', 'destination_arn', (account) => arn('logs', account, 'destination:a')],
  ['aws_cloudwatch_event_target', 'arn', (account) => arn('events', account, 'event-bus/a')],
  ['aws_sns_topic_subscription', 'endpoint', (account) => arn('sqs', account, 'a')],
  ['aws_lambda_event_source_mapping', 'event_source_arn', (account) => arn('sqs', account, 'a')],
  ['aws_pipes_pipe', 'target', (account) => arn('sqs', account, 'a')],
  ['aws_cognito_user_pool', 'lambda_config', (account) => [{ pre_sign_up: arn('lambda', account, 'function:a') }]],
  [
    'aws_api_gateway_integration',
    'uri',
    (account) => arn('apigateway', '', `lambda:path/${arn('lambda', account, 'function:a')}/invocations`),
  ],
  [
    'aws_apigatewayv2_api',
    'body',
    (account) => JSON.stringify({ openapi: '3.0.1', a: { uri: arn('lambda', account, 'function:a') } }),
  ],
];

test.each(PLACES)('warns of another account in a changed %s, attribute %s', (type, name, valueOf) => {
  expect(linesOf(type, { [name]: valueOf(OWN) }, { [name]: valueOf(OTHER) }).join('\n')).toMatch(
    /names another account/,
  );
  expect(linesOf(type, null, { [name]: valueOf(OTHER) }).join('\n')).toMatch(/names another account/);
});

test.each(PLACES)(
  'is quiet about the own account, and an account that %s already named in %s',
  (type, name, valueOf) => {
    const lines = [
      ...linesOf(type, { [name]: valueOf(OWN) }, { [name]: valueOf(OWN), timeout: 3 }),
      ...linesOf(type, { [name]: valueOf(OTHER) }, { [name]: valueOf(OTHER), timeout: 3 }),
      ...linesOf(type, null, { [name]: valueOf(OWN) }),
    ];
    expect(lines.join('\n')).not.toMatch(/another account/);
  },
);

test.each([
  [
    'aws_sns_topic_subscription',
    { protocol: 'sqs', endpoint: 'a' },
    { protocol: 'https', endpoint: 'https://evil.example' },
  ],
  ['aws_sns_topic_subscription', null, { topic_arn: 'a', protocol: 'email', endpoint: 'a@evil.example' }],
  [
    'aws_sns_topic_subscription',
    { topic_arn: 'a', protocol: 'https', endpoint: 'https://evil.example' },
    { topic_arn: 'b', protocol: 'https', endpoint: 'https://evil.example' },
  ],
  [
    'aws_cloudwatch_event_api_destination',
    { invocation_endpoint: 'https://a.example/x' },
    { invocation_endpoint: 'https://evil.example/x' },
  ],
  [
    'aws_kinesis_firehose_delivery_stream',
    { http_endpoint_configuration: [{ url: 'https://a.example' }] },
    { http_endpoint_configuration: [{ url: 'https://evil.example' }] },
  ],
])('warns of an address outside of AWS: %s, before %j', (type, before, after) => {
  expect(linesOf(type, before, after).join('\n')).toMatch(/evil\.example/);
});

const [narrow, wide] = ['own', 'admin'].map((name) => `arn:aws:iam::${OWN}:role/${name}`);

test.each<readonly [type: string, before: Attributes, after: Attributes]>([
  ['aws_lambda_function', { role: narrow }, { role: wide }],
  [
    'aws_apprunner_service',
    { instance_configuration: [{ instance_role_arn: narrow }] },
    { instance_configuration: [{ instance_role_arn: wide }] },
  ],
  ['aws_redshift_cluster', { iam_roles: [] }, { iam_roles: [wide] }],
  ['aws_redshift_cluster', { iam_roles: [narrow] }, { iam_roles: [narrow, wide] }],
  ['aws_eks_node_group', { node_role_arn: narrow }, { node_role_arn: wide }],
  ['aws_api_gateway_integration', { credentials: narrow }, { credentials: wide }],
])('warns of another role: %s, before %j', (type, before, after) => {
  expect(linesOf(type, before, after).join('\n')).toMatch(/role\/admin/);
});

test('warns of a new function with a role that the stack does not contain', () => {
  const constant = { role: { constant_value: wide } };
  expect(linesOf('aws_lambda_function', null, { role: wide }, constant).join('\n')).toMatch(/role\/admin/);
  // A condition can refer to a role of the stack, and choose another role.
  const reference = { role: { references: ['aws_iam_role.a.arn', 'aws_iam_role.a'] } };
  expect(linesOf('aws_lambda_function', null, { role: wide }, reference).join('\n')).toMatch(/role\/admin/);
});

test.each([
  ['aws_launch_template', { iam_instance_profile: [{ name: 'admin' }] }],
  ['aws_launch_template', { iam_instance_profile: [{ arn: `arn:aws:iam::${OWN}:instance-profile/admin` }] }],
  ['aws_emr_cluster', { ec2_attributes: [{ instance_profile: 'admin' }] }],
])('warns of an instance profile of %s that the stack does not contain: %j', (type, after) => {
  expect(linesOf(type, null, after, { x: { constant_value: 'a' } }).join('\n')).toMatch(/runs with a role .*admin/);
});

test.each([
  ['aws_iam_role', { name: 'admin', arn: `arn:aws:iam::${OWN}:role/admin` }, { role: wide }],
  ['aws_iam_instance_profile', { name: 'admin' }, { iam_instance_profile: 'admin' }],
])('is quiet about an %s of the stack that a local names', (type, values, after) => {
  const owner = resource(`${type}.admin`, values, values, { actions: ['no-op'] });
  const user = resource(
    'aws_lambda_function.a',
    null,
    after,
    {},
    { expressions: { role: { references: ['local.a'] } } },
  );
  const lines = (...resources: readonly Resource[]) => warningLines(readPlanText(planOf({ resources })));
  expect(lines(owner, user)).toEqual([]);
  expect(lines(user)).toHaveLength(1);
});

test('is quiet about a role that only writes feedback', () => {
  const name = 'http_success_feedback_role_arn';
  expect(linesOf('aws_sns_topic', { [name]: narrow }, { [name]: wide })).toEqual([]);
});

test('warns once of a shared account', () => {
  const lines = linesOf('aws_example_share', { shared_accounts: [] }, { shared_accounts: [OTHER] });
  expect(lines.filter((line) => line.includes(OTHER))).toHaveLength(1);
});
