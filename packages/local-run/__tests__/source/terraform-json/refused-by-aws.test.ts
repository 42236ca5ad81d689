/** What AWS would refuse, or overwrite without a word, ends the local run at the start: a deployment would find it halfway. */
import { type Refusal, set, trustOf, testRefusals } from '../../../../../__tests__/support/deployed-items';

const REFUSALS: readonly Refusal[] = [
  [
    'a role that Lambda may not assume',
    ({ data }) =>
      Object.assign(trustOf(data), { principals: [{ type: 'Service', identifiers: ['ec2.amazonaws.com'] }] }),
    /aws_iam_role\.function: its assume_role_policy does not let lambda\.amazonaws\.com do sts:AssumeRole/,
  ],
  [
    'variables that Lambda has no room for, and names that it keeps for itself or does not take',
    ({ resource }) =>
      set(resource, 'aws_lambda_function.function', 'environment', {
        variables: { AWS_REGION: 'us-west-2', A: 'x', 'TABLE-NAME': 'x', LARGE: 'x'.repeat(4096) },
      }),
    new RegExp(
      'aws_lambda_function\\.function: Lambda refuses this of its environment variables, or the local run does not understand it:\n' +
        '  AWS_REGION: the name is reserved\n  A: a name .*\n  TABLE-NAME: a name .*\n' +
        '  names and values are 4133 bytes; there is room for 4096',
    ),
  ],
  [
    'credentials for any origin',
    ({ resource }) =>
      set(resource, 'aws_apigatewayv2_api.api', 'cors_configuration', {
        allow_origins: ['https://a.example.com', '*'],
        allow_credentials: true,
      }),
    /aws_apigatewayv2_api\.api: API Gateway refuses allow_credentials with the origin \*/,
  ],
  ...(
    [
      ['aws_lambda_function.function', 'function_name = "http-crud-tutorial-function"'],
      ['aws_dynamodb_table.items', 'name = "http-crud-tutorial-items"'],
      ['aws_iam_role.function', 'name = "http-crud-tutorial-role"'],
      ['aws_cloudwatch_log_group.function', 'name = "/aws/lambda/http-crud-tutorial-function"'],
      // The second would overwrite the first, without a word.
      ['aws_iam_role_policy.function', 'role = "http-crud-tutorial-role", name = "http-crud-tutorial-role"'],
    ] as const
  ).map(([address, names]): Refusal => [
    `a second ${address}`,
    ({ resource }) => {
      const [type = '', name = ''] = address.split('.');
      Object.assign(resource[type] ?? {}, { again: resource[type]?.[name] });
    },
    new RegExp(`${address.split('.')[0]}\\.again: ${address} has the same ${names}`),
  ]),
  [
    'policies that a role has no room for',
    ({ resource }) => {
      const statement = {
        Effect: 'Allow',
        Action: 'dynamodb:GetItem',
        Resource: `arn:aws:dynamodb:*:*:table/${'x'.repeat(10_240)}`,
      };
      set(resource, 'aws_iam_role_policy.function', 'policy', JSON.stringify({ Statement: statement }, null, 2));
    },
    /aws_iam_role\.function: its inline policies have 10\d+ characters; IAM takes 10240/,
  ],
  [
    'a route twice',
    ({ resource }) => {
      const routes = resource['aws_apigatewayv2_route'] ?? {};
      Object.assign(routes, { again: Object.values(routes)[0] });
    },
    /aws_apigatewayv2_route\.again: API Gateway refuses a second route "(GET|PUT|DELETE) \/items/,
  ],
  ...(['GET items', 'get /items', 'GET/items', 'GET /a/{proxy+}/b', 'FETCH /items', ''] as const).map(
    (key): Refusal => [
      `the route key ${JSON.stringify(key)}`,
      ({ resource }) => {
        const [name = ''] = Object.keys(resource['aws_apigatewayv2_route'] ?? {});
        set(resource, `aws_apigatewayv2_route.${name}`, 'route_key', key);
      },
      /aws_apigatewayv2_route\.\w+: route_key = ".*" must be "\$default" or a method and a path/,
    ],
  ),
];

testRefusals(REFUSALS);
