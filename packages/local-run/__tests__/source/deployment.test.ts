/** Reads synthesized stacks into the model. */
import { changedPets, dynamodbStatement, readDeployment, setAttribute } from '../support/deployed-pets';
import { petsTemplate } from '../support/pets';

test('reads routes, throttles, environment, handler, table and names', () => {
  const { tables, functions, apis, outputs } = readDeployment(petsTemplate());
  expect(tables).toEqual([
    {
      name: 'pets',
      arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/pets',
      keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      attributes: [{ AttributeName: 'id', AttributeType: 'S' }],
    },
  ]);
  expect(functions).toMatchObject([
    {
      name: 'pets-function',
      handler: 'index.handler',
      memoryMb: 256,
      timeoutMs: 10_000,
      environment: { TABLE_NAME: 'pets' },
      archive: expect.stringMatching(/\/function\.zip$/),
      logLevel: 'INFO',
    },
  ]);
  const [api] = apis;
  expect(api).toMatchObject({
    name: 'pets-api',
    stage: '$default',
    throttle: { rate: 1000, burst: 500 },
  });
  expect(api?.routes.map(({ routeKey }) => routeKey).sort()).toEqual([
    'DELETE /pets/{id}',
    'GET /pets',
    'GET /pets/{id}',
    'PUT /pets',
  ]);
  expect(api?.routes.every(({ permitted }) => permitted)).toBe(true);
  expect(outputs).toMatchObject({
    url: 'http://127.0.0.1:3000',
    table_name: 'pets',
  });
});

test("a role's permissions boundary has no effect: its policy belongs to another stack", () => {
  const boundary = 'arn:aws:iam::111122223333:policy/boundary';
  const bounded = changedPets(({ resource }) =>
    setAttribute(resource, 'aws_iam_role.function', 'permissions_boundary', boundary),
  );
  // `resources` has every attribute, for the changes that a reload prints.
  expect({ ...readDeployment(bounded), resources: [] }).toEqual({
    ...readDeployment(petsTemplate()),
    resources: [],
    inert: ['permissions_boundary of 1 role (a policy of another stack)'],
  });
});

test('a route without an aws_lambda_permission is not permitted', () => {
  const stack = changedPets(({ resource }) => {
    delete resource['aws_lambda_permission']?.['get_pets_id'];
  });
  const { routes } = readDeployment(stack).apis[0] ?? { routes: [] };
  expect(routes.filter(({ permitted }) => !permitted).map(({ routeKey }) => routeKey)).toEqual(['GET /pets/{id}']);
});

test('reads a block that is written as a list with one element', () => {
  const stack = changedPets(({ resource: resources }) => {
    const settings = { throttling_rate_limit: 7, throttling_burst_limit: 3 };
    setAttribute(resources, 'aws_apigatewayv2_stage.default', 'default_route_settings', [settings]);
  });
  expect(readDeployment(stack).apis[0]?.throttle).toEqual({ rate: 7, burst: 3 });
});

test.each<[string, unknown, { rate: number; burst: number }]>([
  ['without settings, uses the throttle of the account', undefined, { rate: 10_000, burst: 5_000 }],
  // hashicorp/terraform-provider-aws, issues 14742 and 27674.
  ['with settings without limits, refuses all requests', {}, { rate: 0, burst: 0 }],
])('%s', (_name, settings, throttle) => {
  const stack = changedPets(({ resource }) =>
    setAttribute(resource, 'aws_apigatewayv2_stage.default', 'default_route_settings', settings),
  );
  expect(readDeployment(stack).apis[0]?.throttle).toEqual(throttle);
});

test('reads policies from policy documents and from JSON', () => {
  const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/pets';
  const [role] = readDeployment(petsTemplate()).roles;
  expect(role).toMatchObject({
    name: 'pets-role',
    arn: 'arn:aws:iam::000000000000:role/pets-role',
    policies: ['aws_iam_role_policy.function'],
    otherActions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    statements: [{ effect: 'Allow', resources: [table], notActions: false, notResources: false, conditions: [] }],
  });
  const json = {
    Statement: { Effect: 'Deny', NotAction: 'dynamodb:Scan', Resource: '${aws_dynamodb_table.pets.arn}/index/*' },
  };
  const inJson = changedPets(({ resource: all }) =>
    setAttribute(all, 'aws_iam_role_policy.function', 'policy', JSON.stringify(json)),
  );
  expect(readDeployment(inJson).roles[0]?.statements).toEqual([
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

test('merges the values of conditions with the same operator and key', () => {
  const stack = changedPets((template) => {
    Object.assign(dynamodbStatement(template), {
      condition: [
        { test: 'ForAllValues:StringLike', variable: 'dynamodb:LeadingKeys', values: ['a-*'] },
        { test: 'ForAllValues:StringLike', variable: 'dynamodb:LeadingKeys', values: ['b-*'] },
      ],
    });
  });
  expect(readDeployment(stack).roles[0]?.statements[0]?.conditions).toEqual([
    {
      operator: 'StringLike',
      set: 'ForAllValues',
      ifExists: false,
      key: 'dynamodb:leadingkeys',
      values: ['a-*', 'b-*'],
    },
  ]);
});

test('reads CORS, throttles of a route and reserved concurrency', () => {
  const cors = { allow_origins: ['https://*'], allow_methods: ['GET'], max_age: 60 };
  const stack = changedPets(({ resource }) => {
    setAttribute(resource, 'aws_apigatewayv2_api.api', 'cors_configuration', cors);
    setAttribute(resource, 'aws_apigatewayv2_stage.default', 'route_settings', [
      { route_key: 'GET /pets', throttling_rate_limit: 5, throttling_burst_limit: 2 },
    ]);
    setAttribute(resource, 'aws_lambda_function.function', 'reserved_concurrent_executions', 3);
  });
  const { apis, functions } = readDeployment(stack);
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
  const throttled = apis[0]?.routes.filter(({ throttle }) => throttle);
  expect(throttled).toMatchObject([{ routeKey: 'GET /pets', throttle: { rate: 5, burst: 2 } }]);
  expect(functions[0]?.reservedConcurrency).toBe(3);
});

test('reads a reserved concurrency of -1 as no reservation', () => {
  const stack = changedPets(({ resource }) =>
    setAttribute(resource, 'aws_lambda_function.function', 'reserved_concurrent_executions', -1),
  );
  expect(readDeployment(stack).functions[0]?.reservedConcurrency).toBeUndefined();
});

test.each<[string, boolean]>([
  ['000000000000', true],
  ['111122223333', false],
])('a permission for APIs of the account %s permits: %s', (account, permitted) => {
  const stack = changedPets(({ resource }) =>
    setAttribute(resource, 'aws_lambda_permission.get_pets', 'source_account', account),
  );
  const route = readDeployment(stack).apis[0]?.routes.find(({ routeKey }) => routeKey === 'GET /pets');
  expect(route?.permitted).toBe(permitted);
});
