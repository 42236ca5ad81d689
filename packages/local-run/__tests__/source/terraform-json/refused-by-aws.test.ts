/** The local run refuses stacks that Terraform or AWS would refuse, or whose resources overwrite each other. */
import {
  dynamodbStatement,
  type Refusal,
  setAttribute,
  testRefusals,
  trustStatement,
} from '../../support/deployed-pets';

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
      'aws_lambda_function\\.function: Lambda refuses these environment variables:\n' +
        '  AWS_REGION: the name is reserved\n  A: a name .*\n  TABLE-NAME: a name .*\n' +
        '  names and values have 4133 bytes; Lambda allows 4096',
    ),
  ],
  [
    'a reference to a missing resource',
    ({ resource }) => setAttribute(resource, 'aws_dynamodb_table.pets', 'name', '${aws_sqs_queue.queue.name}'),
    /Stack pets: a reference to aws_sqs_queue\.queue, which is not a resource of this stack .*Terraform refuses this/,
  ],
  [
    'a reference to a missing local',
    ({ resource }) => setAttribute(resource, 'aws_dynamodb_table.pets', 'name', '${local.name}'),
    /a reference to local\.name, which is not in this stack/,
  ],
  [
    'a circular reference',
    ({ resource }) => setAttribute(resource, 'aws_dynamodb_table.pets', 'name', '${aws_dynamodb_table.pets.arn}'),
    /aws_dynamodb_table\.pets refers to itself/,
  ],
  [
    'a circular local',
    (template) => {
      Object.assign(template, { locals: { a: '${local.b}', b: '${local.a}' } });
      setAttribute(template.resource, 'aws_dynamodb_table.pets', 'name', '${local.a}');
    },
    /local\.a refers to itself/,
  ],
  [
    'settings of a missing route',
    ({ resource }) =>
      setAttribute(resource, 'aws_apigatewayv2_stage.default', 'route_settings', [{ route_key: 'GET /nothing' }]),
    /route_settings: "GET \/nothing" is not a route of this API/,
  ],
  [
    'text in place of a number',
    ({ resource }) => setAttribute(resource, 'aws_lambda_function.function', 'timeout', 'soon'),
    /timeout must be a number, but is "soon"/,
  ],
  [
    'an unknown element of a statement',
    (stack) => Object.assign(dynamodbStatement(stack), { principals: [{ type: '*', identifiers: ['*'] }] }),
    /IAM refuses statement \d of aws_iam_role_policy\.function: the element "Principal"/,
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
