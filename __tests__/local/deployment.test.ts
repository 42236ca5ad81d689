/** What the local run makes of a synthesized stack, and what it says of one that it does not understand. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { deploymentOf } from '../../local/deployment';
import { DeploymentError, TerraformStack } from '../../local/terraform/stack';
import { type Synthesized, synthItems } from '../support/synth';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'stack-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function set(resource: Synthesized['resource'], address: string, attribute: string, value: unknown): void {
  const [type = '', name = ''] = address.split('.');
  Object.assign(resource[type]?.[name] as object, { [attribute]: value });
}

const URLS = new Map([['aws_apigatewayv2_api.api', 'http://127.0.0.1:3000']]);

function deploy(json: object) {
  writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify(json));
  return deploymentOf(new TerraformStack('items', folder), URLS);
}

const { data, output, provider, resource } = synthItems();
const synthesized = { data, output, provider, resource };

/** The stack `items`, changed. */
function changed(change: (stack: typeof synthesized) => void): typeof synthesized {
  const stack = structuredClone(synthesized);
  change(stack);
  return stack;
}

test('routes, throttles, environment, handler, table and names are those of the file', () => {
  const { tables, functions, apis, outputs } = deploy(synthesized);
  expect(tables).toEqual([
    {
      name: 'http-crud-tutorial-items',
      arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/http-crud-tutorial-items',
      keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      attributes: [{ AttributeName: 'id', AttributeType: 'S' }],
    },
  ]);
  expect(functions).toMatchObject([
    {
      name: 'http-crud-tutorial-function',
      handler: 'index.handler',
      memoryMb: 256,
      timeoutMs: 10_000,
      environment: { TABLE_NAMES: 'http-crud-tutorial-items', POWERTOOLS_SERVICE_NAME: 'items' },
      archive: expect.stringMatching(/\/assets\/.*\.zip$/),
      logLevel: 'INFO',
    },
  ]);
  const [api] = apis;
  expect(api).toMatchObject({
    name: 'http-crud-tutorial-api',
    stage: '$default',
    throttle: { rate: 1000, burst: 500 },
  });
  expect(api?.routes.map(({ routeKey }) => routeKey).sort()).toEqual([
    'DELETE /items/{id}',
    'GET /items',
    'GET /items/{id}',
    'PUT /items',
  ]);
  expect(api?.routes.every(({ permitted }) => permitted)).toBe(true);
  expect(outputs).toMatchObject({
    url: 'http://127.0.0.1:3000',
    table_name: 'http-crud-tutorial-items',
  });
});

test('a route without a permission of its own is not permitted', () => {
  const stack = changed(({ resource }) => {
    delete resource['aws_lambda_permission']?.['get_items_id'];
  });
  const { routes } = deploy(stack).apis[0] ?? { routes: [] };
  expect(routes.filter(({ permitted }) => !permitted).map(({ routeKey }) => routeKey)).toEqual(['GET /items/{id}']);
});

test('a block may stand in a list of one, as in Terraform', () => {
  const stack = changed(({ resource: resources }) => {
    const settings = { throttling_rate_limit: 7, throttling_burst_limit: 3 };
    set(resources, 'aws_apigatewayv2_stage.default', 'default_route_settings', [settings]);
  });
  expect(deploy(stack).apis[0]?.throttle).toEqual({ rate: 7, burst: 3 });
});

test.each<[string, unknown, { rate: number; burst: number }]>([
  ["no settings leave the account's throttle", undefined, { rate: 10_000, burst: 5_000 }],
  // hashicorp/terraform-provider-aws, issues 14742 and 27674.
  ['settings without limits are a throttle that lets nothing through', {}, { rate: 0, burst: 0 }],
])('%s', (_name, settings, throttle) => {
  const stack = changed(({ resource }) =>
    set(resource, 'aws_apigatewayv2_stage.default', 'default_route_settings', settings),
  );
  expect(deploy(stack).apis[0]?.throttle).toEqual(throttle);
});

/** The DynamoDB statement of the function's policy. */
function statementOf({ data }: typeof synthesized): Record<string, unknown> {
  const { statement } = data['aws_iam_policy_document']?.['function_permissions'] as {
    statement: Record<string, unknown>[];
  };
  return statement.find(({ actions }) => String(actions).includes('dynamodb:')) ?? {};
}

/** The statement by which Lambda may assume the role. */
function trustOf(data: (typeof synthesized)['data']): object {
  const { statement } = data['aws_iam_policy_document']?.['function_trust'] as { statement: object[] };
  return statement[0] ?? {};
}

test('roles have the statements of their policies, in Terraform or in JSON', () => {
  const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/http-crud-tutorial-items';
  const [role] = deploy(synthesized).roles;
  expect(role).toMatchObject({
    name: 'http-crud-tutorial-role',
    arn: 'arn:aws:iam::000000000000:role/http-crud-tutorial-role',
    policies: ['aws_iam_role_policy.function'],
    otherActions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    statements: [{ effect: 'Allow', resources: [table], notActions: false, notResources: false, conditions: [] }],
  });
  const json = {
    Statement: { Effect: 'Deny', NotAction: 'dynamodb:Scan', Resource: '${aws_dynamodb_table.items.arn}/index/*' },
  };
  const inJson = changed(({ resource: all }) =>
    set(all, 'aws_iam_role_policy.function', 'policy', JSON.stringify(json)),
  );
  expect(deploy(inJson).roles[0]?.statements).toEqual([
    {
      where: 'statement 1 of aws_iam_role_policy.function',
      effect: 'Deny',
      actions: ['dynamodb:Scan'],
      notActions: true,
      resources: [`${table}/index/*`],
      notResources: false,
      conditions: [],
    },
  ]);
});

test('conditions of the same operator and key have their values together', () => {
  const stack = changed((all) => {
    Object.assign(statementOf(all), {
      condition: [
        { test: 'ForAllValues:StringLike', variable: 'dynamodb:LeadingKeys', values: ['a-*'] },
        { test: 'ForAllValues:StringLike', variable: 'dynamodb:LeadingKeys', values: ['b-*'] },
      ],
    });
  });
  expect(deploy(stack).roles[0]?.statements[0]?.conditions).toEqual([
    {
      operator: 'StringLike',
      set: 'ForAllValues',
      ifExists: false,
      key: 'dynamodb:leadingkeys',
      values: ['a-*', 'b-*'],
    },
  ]);
});

test('CORS, throttles of a route and reserved concurrency are those of the file', () => {
  const cors = { allow_origins: ['https://*'], allow_methods: ['GET'], max_age: 60 };
  const stack = changed(({ resource }) => {
    set(resource, 'aws_apigatewayv2_api.api', 'cors_configuration', cors);
    set(resource, 'aws_apigatewayv2_stage.default', 'route_settings', [
      { route_key: 'GET /items', throttling_rate_limit: 5, throttling_burst_limit: 2 },
    ]);
    set(resource, 'aws_lambda_function.function', 'reserved_concurrent_executions', 3);
  });
  const { apis, functions } = deploy(stack);
  expect(apis[0]).toMatchObject({
    cors: {
      allowOrigins: ['https://*'],
      allowMethods: ['GET'],
      allowHeaders: [],
      exposeHeaders: [],
      maxAge: 60,
      allowCredentials: false,
    },
  });
  const own = apis[0]?.routes.filter(({ throttle }) => throttle);
  expect(own).toMatchObject([{ routeKey: 'GET /items', throttle: { rate: 5, burst: 2 } }]);
  expect(functions[0]?.reservedConcurrency).toBe(3);
});

test('a reserved concurrency of -1 reserves nothing', () => {
  const stack = changed(({ resource }) =>
    set(resource, 'aws_lambda_function.function', 'reserved_concurrent_executions', -1),
  );
  expect(deploy(stack).functions[0]?.reservedConcurrency).toBeUndefined();
});

describe('what is not understood is an error that names it', () => {
  const cases: [string, (stack: typeof synthesized) => void, RegExp][] = [
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
      'a role that Lambda may not assume',
      ({ data }) =>
        Object.assign(trustOf(data), { principals: [{ type: 'Service', identifiers: ['ec2.amazonaws.com'] }] }),
      /aws_iam_role\.function: its assume_role_policy does not let lambda\.amazonaws\.com do sts:AssumeRole/,
    ],
    [
      'a role that Lambda may assume on a condition',
      ({ data }) =>
        Object.assign(trustOf(data), {
          condition: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: ['1'] }],
        }),
      /aws_iam_role\.function: its assume_role_policy lets Lambda assume it on a Condition, which is not understood/,
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
    ).map(([address, names]): [string, (stack: typeof synthesized) => void, RegExp] => [
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
      (key): [string, (stack: typeof synthesized) => void, RegExp] => [
        `the route key ${JSON.stringify(key)}`,
        ({ resource }) => {
          const [name = ''] = Object.keys(resource['aws_apigatewayv2_route'] ?? {});
          set(resource, `aws_apigatewayv2_route.${name}`, 'route_key', key);
        },
        /aws_apigatewayv2_route\.\w+: route_key = ".*" must be "\$default" or a method and a path/,
      ],
    ),
    [
      'another runtime',
      ({ resource }) => set(resource, 'aws_lambda_function.function', 'runtime', 'python3.13'),
      /the runtime python3\.13/,
    ],
  ];

  test.each(cases)('%s', (_name, change, message) => {
    const attempt = () => deploy(changed(change));
    expect(attempt).toThrow(DeploymentError);
    expect(attempt).toThrow(message);
  });
});
