/** What the local run makes of a synthesized stack. */
import { changed, deploy, set, statementOf, synthesized } from '../../../../__tests__/support/deployed-items';

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
