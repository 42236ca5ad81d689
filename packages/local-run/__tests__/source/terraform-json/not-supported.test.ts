/** The local run refuses a stack that uses an unsupported feature, and names the feature. */
import { dynamodbStatement, type Refusal, setAttribute, testRefusals } from '../../support/deployed-pets';

const REFUSALS: readonly Refusal[] = [
  [
    'an unknown resource type',
    ({ resource }) => (resource['aws_sqs_queue'] = { queue: {} }),
    /the resource aws_sqs_queue\.queue: its type/,
  ],
  [
    'an unknown attribute',
    ({ resource }) => setAttribute(resource, 'aws_lambda_function.function', 'vpc_config', {}),
    /aws_lambda_function\.function: its attribute "vpc_config"/,
  ],
  [
    'count',
    ({ resource }) => setAttribute(resource, 'aws_dynamodb_table.pets', 'count', 2),
    /aws_dynamodb_table\.pets: its attribute "count"/,
  ],
  [
    'a function call',
    ({ resource }) => setAttribute(resource, 'aws_dynamodb_table.pets', 'name', '${upper("pets")}'),
    /the expression \$\{upper\("pets"\)\} in aws_dynamodb_table\.pets\.name/,
  ],
  [
    'a reference to a missing resource',
    ({ resource }) => setAttribute(resource, 'aws_dynamodb_table.pets', 'name', '${aws_sqs_queue.queue.name}'),
    /a reference to aws_sqs_queue\.queue, which is not a resource of this stack, is not supported/,
  ],
  [
    'an unknown computed attribute',
    ({ output }) => (output['url'] = { value: '${aws_dynamodb_table.pets.stream_arn}' }),
    /the attribute "stream_arn" of aws_dynamodb_table\.pets/,
  ],
  [
    'a directive',
    ({ resource }) => setAttribute(resource, 'aws_dynamodb_table.pets', 'name', '%{ if true }a%{ endif }'),
    /the expression %\{ if true \}/,
  ],
  [
    'a circular reference',
    ({ resource }) => setAttribute(resource, 'aws_dynamodb_table.pets', 'name', '${aws_dynamodb_table.pets.arn}'),
    /the resource aws_dynamodb_table\.pets, which refers to itself, is not supported/,
  ],
  [
    'an unknown attribute of a block',
    ({ resource }) =>
      setAttribute(resource, 'aws_apigatewayv2_stage.default', 'default_route_settings', { data_trace_enabled: true }),
    /aws_apigatewayv2_stage\.default\.default_route_settings: its attribute "data_trace_enabled"/,
  ],
  [
    'an unknown setting of a route',
    ({ resource }) =>
      setAttribute(resource, 'aws_apigatewayv2_stage.default', 'route_settings', [
        { route_key: 'GET /pets', logging_level: 'INFO' },
      ]),
    /route_settings\.logging_level is not supported/,
  ],
  [
    'settings of a missing route',
    ({ resource }) =>
      setAttribute(resource, 'aws_apigatewayv2_stage.default', 'route_settings', [{ route_key: 'GET /nothing' }]),
    /route_settings: "GET \/nothing" is not a route of this API/,
  ],
  [
    'a resource with a separate provider',
    ({ resource }) => setAttribute(resource, 'aws_dynamodb_table.pets', 'provider', 'aws.other'),
    /its attribute "provider"/,
  ],
  ['another provider', (stack) => Object.assign(stack.provider, { random: [{}] }), /the provider random/],
  [
    'a provider endpoint',
    (stack) => Object.assign(stack.provider['aws']?.[0] as object, { endpoints: [] }),
    /the provider aws: its attribute "endpoints"/,
  ],
  [
    'text in place of a number',
    ({ resource }) => setAttribute(resource, 'aws_lambda_function.function', 'timeout', 'soon'),
    /timeout must be a number, but is "soon"/,
  ],
  ['a module', (stack) => Object.assign(stack, { module: {} }), /the block "module"/],
  [
    'another type of integration',
    ({ resource }) => setAttribute(resource, 'aws_apigatewayv2_integration.function', 'integration_type', 'HTTP_PROXY'),
    /integration_type = "HTTP_PROXY".*supported: "AWS_PROXY"/,
  ],
  [
    'an unknown condition of a policy',
    (stack) =>
      Object.assign(dynamodbStatement(stack), {
        sid: 'Pets',
        condition: [{ test: 'IpAddress', variable: 'aws:SourceIp', values: ['10.0.0.0/8'] }],
      }),
    /Stack pets: these parts of its policies are refused by IAM or not supported by the local run:\n  statement \d \(Pets\) of aws_iam_role_policy\.function: the condition operator IpAddress;.*\n  .*the condition key aws:SourceIp;/,
  ],
  [
    'an unknown element of a statement',
    (stack) => Object.assign(dynamodbStatement(stack), { principals: [{ type: '*', identifiers: ['*'] }] }),
    /statement \d of aws_iam_role_policy\.function: the element "Principal"/,
  ],
  [
    'a policy variable',
    (stack) => Object.assign(dynamodbStatement(stack), { resources: ['arn:aws:dynamodb:*:*:table/&{aws:userid}'] }),
    /the policy variable in the resource arn:aws:dynamodb:\*:\*:table\/\$\{aws:userid\}/,
  ],
  [
    'a policy document that includes another policy document',
    ({ data }) =>
      Object.assign(data['aws_iam_policy_document']?.['function_permissions'] as object, {
        source_policy_documents: [],
      }),
    /its attribute "source_policy_documents"/,
  ],
  [
    'a managed policy',
    ({ resource }) => (resource['aws_iam_role_policy_attachment'] = { managed: { role: 'r', policy_arn: 'a' } }),
    /aws_iam_role_policy_attachment\.managed: its type/,
  ],
  [
    'a policy of a missing role',
    ({ resource }) => setAttribute(resource, 'aws_iam_role_policy.function', 'role', 'other'),
    /aws_iam_role_policy\.function: other is not a role of this stack/,
  ],
  [
    'a role of another stack',
    ({ resource }) => setAttribute(resource, 'aws_lambda_function.function', 'role', 'arn:aws:iam::1:role/other'),
    /aws_lambda_function\.function: its role arn:aws:iam::1:role\/other is not a role of this stack/,
  ],
  [
    'another runtime',
    ({ resource }) => setAttribute(resource, 'aws_lambda_function.function', 'runtime', 'python3.13'),
    /the runtime python3\.13/,
  ],
];

testRefusals(REFUSALS);
