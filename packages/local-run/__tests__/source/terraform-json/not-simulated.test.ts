/** Routes answer 501 when they depend on something that the local run does not simulate. All other routes work. */
import { dynamodbStatement, setAttribute } from '../../support/deployed-pets';
import type { Template } from '../../support/pets';
import { servePets } from '../../support/served-pets';

const serve = servePets();

const FUNCTION = 'aws_lambda_function.function';
const TABLE = 'aws_dynamodb_table.pets';
const POLICY = 'aws_iam_role_policy.function';
const INTEGRATION = 'aws_apigatewayv2_integration.function';
const API = 'aws_apigatewayv2_api.api';
const STAGE = 'aws_apigatewayv2_stage.default';

interface Cause {
  readonly address: string;
  readonly attribute?: string;
  readonly found?: unknown;
}

type Case = readonly [name: string, change: (template: Template) => void, cause: Cause];

const set =
  (address: string, attribute: string, value: unknown) =>
  ({ resource }: Template) =>
    setAttribute(resource, address, attribute, value);

const setVariable = (value: string) => set(FUNCTION, 'environment', { variables: { VALUE: value } });

const attributeCase = (address: string, attribute: string, value: unknown): Case => [
  `${attribute} of ${address}`,
  set(address, attribute, value),
  { address, attribute },
];

const valueCase = (address: string, attribute: string, value: unknown): Case => [
  `${attribute} = ${JSON.stringify(value)} of ${address}`,
  set(address, attribute, value),
  { address, attribute, found: JSON.stringify(value) },
];

const FUNCTION_CASES: readonly Case[] = [
  attributeCase(FUNCTION, 'file_system_config', { arn: 'a' }),
  attributeCase(FUNCTION, 'layers', ['arn:aws:lambda:us-east-1:1:layer:l:1']),
  attributeCase(FUNCTION, 'count', 2),
  attributeCase(FUNCTION, 'provider', 'aws.other'),
  attributeCase(TABLE, 'count', 2),
  attributeCase(TABLE, 'import_table', {}),
  attributeCase('aws_iam_role.function', 'managed_policy_arns', ['arn:aws:iam::aws:policy/AWSNewPolicy']),
  attributeCase(INTEGRATION, 'connection_id', 'link'),
  valueCase(FUNCTION, 'runtime', 'python3.13'),
  valueCase(FUNCTION, 'package_type', 'Image'),
  valueCase(FUNCTION, 'role', 'arn:aws:iam::1:role/other'),
  valueCase(INTEGRATION, 'integration_type', 'HTTP_PROXY'),
  valueCase(INTEGRATION, 'connection_type', 'VPC_LINK'),
  [
    'a table with imported items',
    set(TABLE, 'import_table', { input_format: 'CSV' }),
    { address: TABLE, attribute: 'import_table' },
  ],
  [
    'a time zone',
    set(FUNCTION, 'environment', { variables: { TZ: 'Europe/Paris' } }),
    { address: FUNCTION, attribute: 'environment.variables.TZ' },
  ],
  ...['${upper("a")}', '%{ if true }a%{ endif }', '${module.net.id}', '${count.index}', '${path.module}/x'].map(
    (expression): Case => [
      `the expression ${expression}`,
      setVariable(expression),
      { address: FUNCTION, attribute: 'environment.variables.VALUE' },
    ],
  ),
  [
    'an unknown attribute of a simulated resource',
    setVariable('x-${aws_dynamodb_table.pets.stream_arn}'),
    { address: FUNCTION, attribute: 'environment.variables.VALUE', found: '${aws_dynamodb_table.pets.stream_arn}' },
  ],
  [
    'an unknown resource in an environment variable',
    (template) => {
      template.resource['aws_mq_broker'] = { queue: { name: 'jobs' } };
      setVariable('${aws_mq_broker.queue.name}')(template);
    },
    { address: 'aws_mq_broker.queue' },
  ],
  [
    'an unknown resource behind a local',
    (template) => {
      template.resource['random_id'] = { id: {} };
      Object.assign(template, { locals: { suffix: '${random_id.id.hex}' } });
      setVariable('pets-${local.suffix}')(template);
    },
    { address: 'random_id.id' },
  ],
  [
    'a variable without a default',
    (template) => {
      Object.assign(template, { variable: { name: { type: 'string' } } });
      setVariable('${var.name}')(template);
    },
    { address: FUNCTION, attribute: 'environment.variables.VALUE', found: '${var.name}' },
  ],
  [
    'an unknown data source',
    (template) => {
      template.data['aws_ssm_parameter'] = { secret: { name: '/x' } };
      setVariable('${data.aws_ssm_parameter.secret.value}')(template);
    },
    { address: 'data.aws_ssm_parameter.secret' },
  ],
  [
    'a condition that cannot be evaluated',
    (template) =>
      Object.assign(dynamodbStatement(template), {
        condition: [{ test: 'IpAddress', variable: 'aws:SourceIp', values: ['10.0.0.0/8'] }],
      }),
    {
      address: POLICY,
      attribute: 'policy',
      found: expect.stringMatching(/statement 2: the condition key aws:SourceIp/),
    },
  ],
  [
    'a policy document that includes another policy document',
    ({ data }) =>
      Object.assign(data['aws_iam_policy_document']?.['function_permissions'] as object, {
        source_policy_documents: ['{}'],
      }),
    { address: 'data.aws_iam_policy_document.function_permissions', attribute: 'source_policy_documents' },
  ],
  [
    'an AWS managed policy that the run does not know',
    ({ resource }) =>
      (resource['aws_iam_role_policy_attachment'] = {
        all: { role: '${aws_iam_role.function.name}', policy_arn: 'arn:aws:iam::aws:policy/AWSNewPolicy' },
      }),
    { address: 'aws_iam_role_policy_attachment.all', attribute: 'policy_arn' },
  ],
  [
    'a permission with an unknown condition',
    ({ resource }) => {
      for (const name of Object.keys(resource['aws_lambda_permission'] ?? {}).filter((key) => key !== 'health'))
        setAttribute(resource, `aws_lambda_permission.${name}`, 'source_organization', 'o-1');
    },
    { address: 'aws_lambda_permission.get_pets', attribute: 'source_organization' },
  ],
];

test.each(FUNCTION_CASES)('%s: only the routes of its function answer 501', async (_name, change, cause) => {
  const { get, deployment } = await serve(change);
  const { status, json } = await get('/pets');
  expect([status, json]).toEqual([
    501,
    { message: expect.stringContaining(cause.address), notSimulated: expect.anything() },
  ]);
  expect(json.notSimulated).toContainEqual(
    expect.objectContaining({ ...cause, supported: expect.stringMatching(/./) }),
  );
  if (cause.attribute !== undefined) expect(json.message).toContain(cause.attribute);
  expect((await get('/health')).status).toBe(200);
  expect(deployment.notSimulated).toContainEqual(expect.objectContaining(cause));
});

const API_CASES: readonly Case[] = [
  attributeCase(API, 'body', '{}'),
  valueCase(API, 'protocol_type', 'WEBSOCKET'),
  attributeCase(STAGE, 'name', '${lower("DEV")}'),
  [
    'no stage',
    ({ resource }) => {
      delete resource['aws_apigatewayv2_stage'];
      delete resource['aws_lambda_permission'];
    },
    { address: API, attribute: 'stage', found: 'no stage' },
  ],
];

test.each(API_CASES)('%s: every request of the API answers 501', async (_name, change, cause) => {
  const { get } = await serve(change);
  for (const path of ['/pets', '/health', '/nowhere']) {
    const { status, json } = await get(path);
    expect(status).toBe(501);
    expect(json.notSimulated).toContainEqual(expect.objectContaining(cause));
  }
});

test('only the route itself answers 501 if its own attribute is unknown', async () => {
  const { get } = await serve(set('aws_apigatewayv2_route.get_pets', 'authorization_type', 'CUSTOM_X'));
  expect((await get('/pets')).status).toBe(501);
  expect((await get('/pets/a')).status).toBe(200);
});

test('a route with an unknown key answers 501 in place of 404', async () => {
  const { get } = await serve(set('aws_apigatewayv2_route.get_pets', 'route_key', '${join(" ", ["GET", "/pets"])}'));
  expect((await get('/pets')).status).toBe(501);
  expect((await get('/pets/a')).status).toBe(200);
});

test('a permission that the local run cannot evaluate does not matter if another permission suffices', async () => {
  const { get } = await serve(({ resource }) =>
    Object.assign(resource['aws_lambda_permission'] ?? {}, {
      more: {
        ...(resource['aws_lambda_permission']?.['get_pets'] as object),
        statement_id: 'm',
        principal_org_id: 'o-1',
      },
    }),
  );
  expect((await get('/pets')).status).toBe(200);
});

test('a function whose role cannot be evaluated is not served, so nothing can use the role', async () => {
  const { deployment, engine } = await serve(({ data }) =>
    Object.assign(dynamodbStatement({ data } as Template), {
      resources: ['arn:aws:dynamodb:*:*:table/&{aws:userid}'],
    }),
  );
  expect(deployment.roles.map(({ name }) => name)).toEqual(['health-role']);
  await expect(engine.invoke('pets-function', {})).rejects.toThrow('There is no function pets-function');
});

test('settings of the stage may belong to a route whose key is unknown', async () => {
  const { get, deployment } = await serve(({ resource }) => {
    setAttribute(resource, 'aws_apigatewayv2_route.put_pets', 'route_key', '${upper("put /pets")}');
    setAttribute(resource, STAGE, 'route_settings', [
      { route_key: 'PUT /pets', throttling_rate_limit: 1, throttling_burst_limit: 1 },
    ]);
  });
  expect((await get('/health')).status).toBe(200);
  expect(deployment.notSimulated).toContainEqual(expect.objectContaining({ attribute: 'route_key' }));
});

test('every route depends on the region of the provider', async () => {
  const { get, deployment } = await serve(({ provider }) => {
    provider['aws'] = [{ region: '${lower("EU-WEST-1")}' }];
  });
  const { status, json } = await get('/health');
  expect(status).toBe(501);
  const cause = { address: 'provider.aws', attribute: 'region', found: '${lower("EU-WEST-1")}' };
  expect(json.notSimulated).toEqual([expect.objectContaining(cause)]);
  expect(deployment.notSimulated).toEqual([expect.objectContaining(cause)]);
});
