/** What the local run does not understand in a stack ends it with an error that names it. */
import { type Refusal, set, statementOf, testRefusals } from '../../../../../__tests__/support/deployed-items';

const REFUSALS: readonly Refusal[] = [
  [
    'a resource type',
    ({ resource }) => (resource['aws_sqs_queue'] = { queue: {} }),
    /the resource aws_sqs_queue\.queue: its type/,
  ],
  [
    'an attribute',
    ({ resource }) => set(resource, 'aws_lambda_function.function', 'vpc_config', {}),
    /aws_lambda_function\.function: its attribute "vpc_config"/,
  ],
  [
    'count',
    ({ resource }) => set(resource, 'aws_dynamodb_table.items', 'count', 2),
    /aws_dynamodb_table\.items: its attribute "count"/,
  ],
  [
    'a function call',
    ({ resource }) => set(resource, 'aws_dynamodb_table.items', 'name', '${upper("items")}'),
    /the expression \$\{upper\("items"\)\} in aws_dynamodb_table\.items\.name/,
  ],
  [
    'a reference to nothing',
    ({ resource }) => set(resource, 'aws_dynamodb_table.items', 'name', '${aws_sqs_queue.queue.name}'),
    /aws_sqs_queue\.queue: there is no such resource/,
  ],
  [
    'an attribute that AWS would compute',
    ({ output }) => (output['url'] = { value: '${aws_dynamodb_table.items.stream_arn}' }),
    /the attribute "stream_arn" of aws_dynamodb_table\.items/,
  ],
  [
    'a directive',
    ({ resource }) => set(resource, 'aws_dynamodb_table.items', 'name', '%{ if true }a%{ endif }'),
    /the expression %\{ if true \}/,
  ],
  [
    'a circle',
    ({ resource }) => set(resource, 'aws_dynamodb_table.items', 'name', '${aws_dynamodb_table.items.arn}'),
    /it refers to itself/,
  ],
  [
    'an attribute of a block',
    ({ resource }) =>
      set(resource, 'aws_apigatewayv2_stage.default', 'default_route_settings', { data_trace_enabled: true }),
    /aws_apigatewayv2_stage\.default\.default_route_settings: its attribute "data_trace_enabled"/,
  ],
  [
    'a setting of one route',
    ({ resource }) =>
      set(resource, 'aws_apigatewayv2_stage.default', 'route_settings', [
        { route_key: 'GET /items', logging_level: 'INFO' },
      ]),
    /route_settings\.logging_level is not understood/,
  ],
  [
    'settings of a route that there is not',
    ({ resource }) =>
      set(resource, 'aws_apigatewayv2_stage.default', 'route_settings', [{ route_key: 'GET /nothing' }]),
    /route_settings: "GET \/nothing" is no route of this API/,
  ],
  [
    'a provider of its own',
    ({ resource }) => set(resource, 'aws_dynamodb_table.items', 'provider', 'aws.other'),
    /its attribute "provider"/,
  ],
  ['another provider', (stack) => Object.assign(stack.provider, { random: [{}] }), /the provider random/],
  [
    'an endpoint',
    (stack) => Object.assign(stack.provider['aws']?.[0] as object, { endpoints: [] }),
    /the provider aws: its attribute "endpoints"/,
  ],
  [
    'a number that is none',
    ({ resource }) => set(resource, 'aws_lambda_function.function', 'timeout', 'soon'),
    /timeout must be a number, but is "soon"/,
  ],
  ['a module', (stack) => Object.assign(stack, { module: {} }), /the block "module"/],
  [
    'another kind of integration',
    ({ resource }) => set(resource, 'aws_apigatewayv2_integration.function', 'integration_type', 'HTTP_PROXY'),
    /integration_type = "HTTP_PROXY".*it understands "AWS_PROXY"/,
  ],
  [
    'a condition of a policy',
    (stack) =>
      Object.assign(statementOf(stack), {
        sid: 'Items',
        condition: [{ test: 'IpAddress', variable: 'aws:SourceIp', values: ['10.0.0.0/8'] }],
      }),
    /Stack items: IAM refuses this in its policies, or the local run does not understand it:\n  statement \d \(Items\) of aws_iam_role_policy\.function: the condition operator IpAddress;.*\n  .*the condition key aws:SourceIp;/,
  ],
  [
    'an attribute of a statement',
    (stack) => Object.assign(statementOf(stack), { principals: [{ type: '*', identifiers: ['*'] }] }),
    /statement \d of aws_iam_role_policy\.function: "Principal"/,
  ],
  [
    "Terraform's notation of a policy variable",
    (stack) => Object.assign(statementOf(stack), { resources: ['arn:aws:dynamodb:*:*:table/&{aws:userid}'] }),
    /the policy variable in the resource arn:aws:dynamodb:\*:\*:table\/\$\{aws:userid\}/,
  ],
  [
    'another document that a policy takes in',
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
    'a policy of no role',
    ({ resource }) => set(resource, 'aws_iam_role_policy.function', 'role', 'other'),
    /aws_iam_role_policy\.function: other is no role of this stack/,
  ],
  [
    'a role of somewhere else',
    ({ resource }) => set(resource, 'aws_lambda_function.function', 'role', 'arn:aws:iam::1:role/other'),
    /aws_lambda_function\.function: its role arn:aws:iam::1:role\/other is no role of this stack/,
  ],
  [
    'another runtime',
    ({ resource }) => set(resource, 'aws_lambda_function.function', 'runtime', 'python3.13'),
    /the runtime python3\.13/,
  ],
];

testRefusals(REFUSALS);
