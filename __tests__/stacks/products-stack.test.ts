import { products } from '../../function/products/contract';
import { addresses, type Synthesized, synth } from '../support/synth';

const only = (stack: Synthesized, type: string) => Object.values(stack.resource[type] ?? {})[0];

describe('products', () => {
  const stack = synth(products);
  const methods = ['delete_product_id', 'get_product', 'get_product_id', 'post_product', 'put_product'];

  test('the stack has only these resources', () => {
    const each = (type: string, start = '') => methods.map((method) => `${type}.${start}${method}`);
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
        'aws_lambda_alias.function',
        'aws_lambda_function.function',
        ...each('aws_lambda_permission', 'live_'),
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
      settings: { metrics_enabled: false, throttling_rate_limit: 1000, throttling_burst_limit: 500 },
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

  test('each integration invokes the alias live', () => {
    const integrations = Object.values(stack.resource['aws_api_gateway_integration'] ?? {});
    expect(new Set(integrations.map(({ uri }) => uri as string))).toEqual(
      new Set(['${aws_lambda_alias.function.invoke_arn}']),
    );
    const permissions = Object.values(stack.resource['aws_lambda_permission'] ?? {});
    expect(new Set(permissions.map(({ qualifier }) => qualifier as string))).toEqual(
      new Set(['${aws_lambda_alias.function.name}']),
    );
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
