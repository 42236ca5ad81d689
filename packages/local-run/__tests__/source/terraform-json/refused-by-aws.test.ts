/** The local run refuses stacks that AWS would refuse in the middle of a deployment, or whose resources overwrite each other. */
import { type Refusal, setAttribute, testRefusals, trustStatement } from '../../support/deployed-pets';

const REFUSALS: readonly Refusal[] = [
  [
    'a role that Lambda may not assume',
    (template) =>
      Object.assign(trustStatement(template), {
        principals: [{ type: 'Service', identifiers: ['ec2.amazonaws.com'] }],
      }),
    /aws_iam_role\.function: its assume_role_policy does not let lambda\.amazonaws\.com do sts:AssumeRole/,
  ],
  [
    'environment variables that are too large, reserved or invalid',
    ({ resource }) =>
      setAttribute(resource, 'aws_lambda_function.function', 'environment', {
        variables: { AWS_REGION: 'us-west-2', A: 'x', 'TABLE-NAME': 'x', LARGE: 'x'.repeat(4096) },
      }),
    new RegExp(
      'aws_lambda_function\\.function: these environment variables are refused by Lambda or not supported by the local run:\n' +
        '  AWS_REGION: the name is reserved\n  A: a name .*\n  TABLE-NAME: a name .*\n' +
        '  names and values have 4133 bytes; Lambda allows 4096',
    ),
  ],
  [
    'CORS credentials with the origin *',
    ({ resource }) =>
      setAttribute(resource, 'aws_apigatewayv2_api.api', 'cors_configuration', {
        allow_origins: ['https://a.example.com', '*'],
        allow_credentials: true,
      }),
    /aws_apigatewayv2_api\.api: API Gateway refuses allow_credentials with the origin \*/,
  ],
  ...(
    [
      ['aws_lambda_function.function', 'function_name = "pets-function"'],
      ['aws_dynamodb_table.pets', 'name = "pets"'],
      ['aws_iam_role.function', 'name = "pets-role"'],
      ['aws_cloudwatch_log_group.function', 'name = "/aws/lambda/pets-function"'],
      // AWS would silently overwrite the first policy.
      ['aws_iam_role_policy.function', 'role = "pets-role", name = "pets-policy"'],
    ] as const
  ).map(([address, names]): Refusal => [
    `a second ${address}`,
    ({ resource }) => {
      const [type = '', name = ''] = address.split('.');
      Object.assign(resource[type] ?? {}, { second: resource[type]?.[name] });
    },
    new RegExp(`${address.split('.')[0]}\\.second: ${address} has the same ${names}`),
  ]),
  [
    'inline policies that are too long',
    ({ resource }) => {
      const statement = {
        Effect: 'Allow',
        Action: 'dynamodb:GetItem',
        Resource: `arn:aws:dynamodb:*:*:table/${'x'.repeat(10_240)}`,
      };
      setAttribute(
        resource,
        'aws_iam_role_policy.function',
        'policy',
        JSON.stringify({ Statement: statement }, null, 2),
      );
    },
    /aws_iam_role\.function: its inline policies have 10\d+ characters; IAM allows 10240/,
  ],
  [
    'a route twice',
    ({ resource }) => {
      const routes = resource['aws_apigatewayv2_route'] ?? {};
      Object.assign(routes, { second: Object.values(routes)[0] });
    },
    /aws_apigatewayv2_route\.second: API Gateway refuses a second route "(GET|PUT|DELETE) \/pets/,
  ],
  ...(['GET items', 'get /items', 'GET/items', 'GET /a/{proxy+}/b', 'FETCH /items', ''] as const).map(
    (key): Refusal => [
      `the route key ${JSON.stringify(key)}`,
      ({ resource }) => {
        const [name = ''] = Object.keys(resource['aws_apigatewayv2_route'] ?? {});
        setAttribute(resource, `aws_apigatewayv2_route.${name}`, 'route_key', key);
      },
      /aws_apigatewayv2_route\.\w+: route_key = ".*" must be "\$default" or a method and a path/,
    ],
  ),
];

testRefusals(REFUSALS);
