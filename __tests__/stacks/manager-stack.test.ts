import { manager } from '../../function/manager/contract';
import { type Synthesized, synth } from '../support/synth';

const only = (stack: Synthesized, type: string) => Object.values(stack.resource[type] ?? {})[0];

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

describe('API keys', () => {
  const keysOf = (apiKeys: object) => {
    const { resource, output } = synth(manager, { apiKeys });
    const keys = resource['aws_api_gateway_api_key'] ?? {};
    const links = Object.values(resource['aws_api_gateway_usage_plan_key'] ?? {}) as { readonly key_id: string }[];
    const names = Object.entries(keys).map(([name, { name: shown }]) => [name, shown as unknown]);
    return {
      keys: Object.fromEntries(names) as object,
      linked: links.map((link) => link.key_id),
      newest: output['api_key'].value as string,
    };
  };
  const A = '${aws_api_gateway_api_key.key.id}';
  const B = '${aws_api_gateway_api_key.key_b.id}';

  test('a rotation adds the new key to the usage plan, and then removes only the old key', () => {
    expect(keysOf({})).toEqual(keysOf({ manager: ['a'] }));
    expect(keysOf({})).toEqual({ keys: { key: 'Lambda-key' }, linked: [A], newest: A.replace('.id', '.value') });
    expect(keysOf({ manager: ['a', 'b'] })).toEqual({
      keys: { key: 'Lambda-key', key_b: 'Lambda-key-b' },
      linked: [A, B],
      newest: B.replace('.id', '.value'),
    });
    expect(keysOf({ manager: ['b'] })).toEqual({
      keys: { key_b: 'Lambda-key-b' },
      linked: [B],
      newest: B.replace('.id', '.value'),
    });
  });

  test('the newest key is the last one of the setting', () => {
    expect(keysOf({ manager: ['b', 'a'] }).newest).toBe(A.replace('.id', '.value'));
  });

  test('the keys of another stack do not matter', () => {
    expect(keysOf({ parts: ['c'] })).toEqual(keysOf({}));
  });
});
