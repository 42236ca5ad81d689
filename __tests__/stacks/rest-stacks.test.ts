import { App, Testing } from 'cdktf';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AwsStack } from '../../constructs/aws-stack';
import { FunctionCode } from '../../constructs/function-code';
import { NodejsFunction } from '../../constructs/nodejs-function';
import { RestApi, type RestApiRoute } from '../../constructs/rest-api';
import { manager } from '../../function/manager/contract';
import { products } from '../../function/products/contract';
import { addresses, BUNDLE, type Synthesized, synth } from '../support/synth';

const only = (stack: Synthesized, type: string) => Object.values(stack.resource[type] ?? {})[0];

describe('products', () => {
  const stack = synth(products);
  const methods = ['delete_product_id', 'get_product', 'get_product_id', 'post_product', 'put_product'];

  test('the stack has only these resources', () => {
    const each = (type: string) => methods.map((method) => `${type}.${method}`);
    expect(addresses(stack)).toEqual(
      [
        'aws_api_gateway_deployment.api',
        ...each('aws_api_gateway_integration'),
        ...each('aws_api_gateway_method'),
        'aws_api_gateway_method_settings.api',
        'aws_api_gateway_resource.product',
        'aws_api_gateway_resource.product_id',
        'aws_api_gateway_rest_api.api',
        'aws_api_gateway_stage.api',
        'aws_cloudwatch_log_group.api',
        'aws_cloudwatch_log_group.function',
        'aws_dynamodb_table.product',
        'aws_iam_role.function',
        'aws_iam_role_policy.function',
        'aws_lambda_function.function',
        ...each('aws_lambda_permission'),
      ].sort(),
    );
  });

  test('resources have these names and settings', () => {
    expect(only(stack, 'aws_dynamodb_table')).toMatchObject({ name: 'product', hash_key: 'id' });
    expect(only(stack, 'aws_lambda_function')).toMatchObject({ function_name: 'productFunction' });
    expect(only(stack, 'aws_iam_role')).toMatchObject({ name: 'productFunction-role' });
    expect(only(stack, 'aws_api_gateway_rest_api')).toMatchObject({
      name: 'productApi',
      endpoint_configuration: { types: ['REGIONAL'] },
    });
    expect(only(stack, 'aws_api_gateway_stage')).toMatchObject({ stage_name: 'prod', xray_tracing_enabled: false });
    expect(only(stack, 'aws_api_gateway_method_settings')).toMatchObject({
      method_path: '*/*',
      settings: { metrics_enabled: true, throttling_rate_limit: 1000, throttling_burst_limit: 500 },
    });
    expect(Object.keys(stack.output).sort()).toEqual(['function_name', 'table_name', 'url']);
    expect(only(synth(products, { xrayTracing: true }), 'aws_api_gateway_stage')).toMatchObject({
      xray_tracing_enabled: true,
    });
    expect(only(synth(products, { environment: 'staging' }), 'aws_iam_role')).toMatchObject({
      name: 'productFunction-staging-role',
    });
  });

  test('the role allows only the four actions, on this table only', () => {
    const [, dynamodb] = stack.data['aws_iam_policy_document']?.['function_permissions'].statement;
    expect([...new Set(dynamodb.actions as string[])].sort()).toEqual([
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Scan',
    ]);
    expect(dynamodb.resources).toEqual(['${aws_dynamodb_table.product.arn}']);
    expect(dynamodb.actions).toHaveLength(4);
  });

  test('each method has a permission for its path', () => {
    const sources = Object.values(stack.resource['aws_lambda_permission'] ?? {}).map(
      ({ source_arn: arn }) => arn as string,
    );
    expect(sources.sort()).toEqual(
      ['DELETE/product/*', 'GET/product', 'GET/product/*', 'POST/product', 'PUT/product'].map(
        (end) => `\${aws_api_gateway_rest_api.api.execution_arn}/*/${end}`,
      ),
    );
  });

  test('request validation adds a validator, and a model for each method with a body', () => {
    const strict = synth(products, { requestValidation: true });
    expect(Object.keys(strict.resource['aws_api_gateway_model'] ?? {}).sort()).toEqual(['post_product', 'put_product']);
    expect(only(strict, 'aws_api_gateway_request_validator')).toMatchObject({ validate_request_body: true });
    expect(strict.resource['aws_api_gateway_method']?.['get_product']).not.toHaveProperty('request_validator_id');
  });
});

describe('manager', () => {
  const stack = synth(manager);

  test('resources, API key and usage plan have these names and settings', () => {
    expect(only(stack, 'aws_dynamodb_table')).toMatchObject({ name: 'lambda-apigateway' });
    expect(only(stack, 'aws_lambda_function')).toMatchObject({
      function_name: 'LambdaFunctionOverHttps',
      environment: { variables: { TABLE_NAMES: '${aws_dynamodb_table.table.name}' } },
    });
    expect(only(stack, 'aws_iam_role')).toMatchObject({ name: 'lambda-apigateway-role' });
    expect(only(stack, 'aws_api_gateway_rest_api')).toMatchObject({ name: 'DynamoDBOperations' });
    expect(only(stack, 'aws_api_gateway_method')).toMatchObject({ http_method: 'POST', api_key_required: true });
    expect(only(stack, 'aws_api_gateway_api_key')).toMatchObject({ name: 'Lambda-key' });
    expect(only(stack, 'aws_api_gateway_usage_plan')).toMatchObject({
      name: 'Lambda-dynamoDB-usageplan',
      throttle_settings: { rate_limit: 100, burst_limit: 20 },
    });
  });

  test('AWS generates the API key; the output is sensitive, and the access log does not contain the key', () => {
    expect(only(stack, 'aws_api_gateway_api_key')).not.toHaveProperty('value');
    expect(stack.output['api_key']).toEqual({ value: '${aws_api_gateway_api_key.key.value}', sensitive: true });
    expect(only(stack, 'aws_api_gateway_stage').access_log_settings.format).not.toMatch(/identity\.apiKey"/);
  });
});

describe('the deployment of a REST API', () => {
  function triggerOf(routes: readonly Omit<RestApiRoute, 'function'>[], options: { functionName?: string } = {}) {
    const app = Testing.app();
    const stack = new AwsStack(app, 'orders', { region: 'us-east-1', tags: {} });
    const target = new NodejsFunction(stack, 'function', {
      name: options.functionName ?? 'orders',
      roleName: 'orders-role',
      code: new FunctionCode(stack, 'code', { bundle: BUNDLE }),
      service: 'orders',
      memoryMb: 128,
      timeoutSeconds: 6,
      logLevel: 'INFO',
      logRetentionDays: 1,
    });
    new RestApi(stack, 'api', {
      name: 'orders',
      stage: 'prod',
      routes: routes.map((route) => ({ ...route, function: target })),
      throttleRate: 1,
      throttleBurst: 1,
      logRetentionDays: 1,
    });
    app.synth();
    const file = path.join(App.of(app).outdir, 'stacks/orders/cdk.tf.json');
    const { resource } = JSON.parse(readFileSync(file, 'utf8')) as Pick<Synthesized, 'resource'>;
    const { triggers, lifecycle, depends_on: dependsOn } = resource['aws_api_gateway_deployment']?.['api'];
    expect(lifecycle).toEqual({ create_before_destroy: true });
    return { trigger: triggers.redeployment as string, dependsOn: dependsOn as string[], resource };
  }

  const get = { method: 'GET', path: '/orders' };
  const proxy = { method: 'ANY', path: '/orders/{proxy+}' };

  test('a changed route, method, path, schema, API key or function triggers a new deployment', () => {
    const triggers = [
      triggerOf([get]),
      triggerOf([get, proxy]),
      triggerOf([{ ...get, method: 'PUT' }]),
      triggerOf([{ ...get, path: '/order' }]),
      triggerOf([{ ...get, bodySchema: { type: 'object' } }]),
      triggerOf([{ ...get, auth: 'apiKey' }]),
      triggerOf([{ ...get, auth: 'iam' }]),
      triggerOf([get], { functionName: 'other' }),
    ].map(({ trigger }) => trigger);
    expect(new Set(triggers).size).toBe(triggers.length);
    expect(triggerOf([get]).trigger).toBe(triggers[0]);
  });

  test('refuses two paths with the same Terraform name', () => {
    expect(() =>
      triggerOf([
        { method: 'GET', path: '/orders/{id}' },
        { method: 'PUT', path: '/orders/id' },
      ]),
    ).toThrow('The paths /orders/{id} and /orders/id both have the Terraform name orders_id');
  });

  test('depends on all methods and integrations, also for ANY on a greedy path', () => {
    const { dependsOn, resource } = triggerOf([get, proxy]);
    expect(dependsOn.sort()).toEqual([
      'aws_api_gateway_integration.any_orders_proxy',
      'aws_api_gateway_integration.get_orders',
      'aws_api_gateway_method.any_orders_proxy',
      'aws_api_gateway_method.get_orders',
    ]);
    expect(resource['aws_api_gateway_resource']?.['orders_proxy']).toMatchObject({ path_part: '{proxy+}' });
    expect(resource['aws_lambda_permission']?.['any_orders_proxy'].source_arn).toMatch(/\/\*\/\*\/orders\/\*$/);
  });
});
