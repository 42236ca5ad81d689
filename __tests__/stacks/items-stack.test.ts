import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { routesOf } from '../../function/contract/model';
import { needsOf } from '../../function/contract/needs';
import { items } from '../../function/items/contract';
import { addresses, type Synthesized, synth } from '../support/synth';

const ROUTES = ['delete_items_id', 'get_items', 'get_items_id', 'put_items'];

const routeAddresses = (start: string) => ROUTES.map((route) => start + route);

describe('by default', () => {
  let stack: Synthesized;
  beforeAll(() => {
    stack = synth(items);
  });

  test('the stack has only these resources', () => {
    expect(addresses(stack)).toEqual([
      'aws_apigatewayv2_api.api',
      'aws_apigatewayv2_integration.function',
      ...routeAddresses('aws_apigatewayv2_route.'),
      'aws_apigatewayv2_stage.default',
      'aws_cloudwatch_log_group.api',
      'aws_cloudwatch_log_group.function',
      'aws_dynamodb_table.items',
      'aws_iam_role.function',
      'aws_iam_role_policy.function',
      'aws_lambda_alias.function',
      'aws_lambda_function.function',
      ...routeAddresses('aws_lambda_permission.live_'),
    ]);
  });

  test('the table has on-demand capacity, point-in-time recovery and encryption', () => {
    expect(stack.resource['aws_dynamodb_table']?.['items']).toMatchObject({
      name: 'http-crud-tutorial-items',
      billing_mode: 'PAY_PER_REQUEST',
      hash_key: 'id',
      attribute: [{ name: 'id', type: 'S' }],
      point_in_time_recovery: { enabled: true },
      server_side_encryption: { enabled: true },
      deletion_protection_enabled: false,
    });
  });

  test('the function runs the archive on Node.js 22 and arm64, and has the hash of the archive', () => {
    const { filename, source_code_hash: hash, ...rest } = stack.resource['aws_lambda_function']?.['function'];
    expect(rest).toMatchObject({
      function_name: 'http-crud-tutorial-function',
      runtime: 'nodejs22.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      memory_size: 256,
      timeout: 10,
      environment: { variables: { TABLE_NAMES: '${aws_dynamodb_table.items.name}' } },
      logging_config: { log_format: 'JSON', application_log_level: 'INFO' },
    });
    expect(path.isAbsolute(filename)).toBe(false);
    const archive = readFileSync(path.join(stack.folder, filename));
    expect(hash).toBe(createHash('sha256').update(archive).digest('base64'));
  });

  test('the role allows only the four actions on this table and writes to its log group', () => {
    expect(stack.data['aws_iam_policy_document']?.['function_permissions'].statement).toEqual([
      {
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: ['${aws_cloudwatch_log_group.function.arn}:*'],
      },
      {
        actions: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:Scan', 'dynamodb:DeleteItem'],
        resources: ['${aws_dynamodb_table.items.arn}'],
      },
    ]);
    expect(stack.resource['aws_iam_role_policy']?.['function']).toMatchObject({
      role: '${aws_iam_role.function.name}',
      policy: '${data.aws_iam_policy_document.function_permissions.json}',
    });
    expect(stack.data['aws_iam_policy_document']?.['function_trust'].statement).toEqual([
      { actions: ['sts:AssumeRole'], principals: [{ type: 'Service', identifiers: ['lambda.amazonaws.com'] }] },
    ]);
  });

  test('each route of the contract has a permission for its method and path', () => {
    const keys = Object.keys(items.routes).sort();
    const routes = Object.values(stack.resource['aws_apigatewayv2_route'] ?? {});
    expect(routes.map(({ route_key }) => route_key as string).sort()).toEqual(keys);
    for (const { target } of routes) expect(target).toBe('integrations/${aws_apigatewayv2_integration.function.id}');
    const sources = Object.values(stack.resource['aws_lambda_permission'] ?? {}).map(
      ({ source_arn }) => source_arn as string,
    );
    expect(sources.sort()).toEqual(
      keys.map((key) => `\${aws_apigatewayv2_api.api.execution_arn}/*/${key.replace(' ', '')}`),
    );
  });

  test('the API invokes the alias live, which leads to the published version', () => {
    const { resource } = stack;
    expect(resource['aws_lambda_function']?.['function'].publish).toBe(true);
    expect(resource['aws_lambda_alias']?.['function']).toMatchObject({
      name: 'live',
      function_name: '${aws_lambda_function.function.function_name}',
      function_version: '${aws_lambda_function.function.version}',
    });
    expect(resource['aws_apigatewayv2_integration']?.['function'].integration_uri).toBe(
      '${aws_lambda_alias.function.invoke_arn}',
    );
    for (const { qualifier } of Object.values(resource['aws_lambda_permission'] ?? {}))
      expect(qualifier).toBe('${aws_lambda_alias.function.name}');
  });

  test('the stage deploys automatically, writes an access log and has both throttle limits', () => {
    expect(stack.resource['aws_apigatewayv2_stage']?.['default']).toMatchObject({
      name: '$default',
      auto_deploy: true,
      default_route_settings: { throttling_rate_limit: 1000, throttling_burst_limit: 500 },
      access_log_settings: { destination_arn: '${aws_cloudwatch_log_group.api.arn}' },
    });
  });

  test('the stack has three outputs, the region and the default tags', () => {
    expect(Object.keys(stack.output).sort()).toEqual(['function_name', 'table_name', 'url']);
    expect(stack.provider['aws']).toEqual([
      {
        region: 'us-east-1',
        default_tags: [{ tags: { project: 'cdktf-serverless-crud', environment: 'default', stack: 'items' } }],
      },
    ]);
  });
});

describe('settings', () => {
  test('each setting reaches its resource', () => {
    const { resource, provider } = synth(items, {
      environment: 'staging',
      namePrefix: 'acme',
      region: 'eu-west-1',
      tags: { team: 'crud' },
      logRetentionDays: 30,
      memoryMb: 512,
      timeoutSeconds: 20,
      logLevel: 'debug',
      throttleRate: 7,
      throttleBurst: 3,
      deletionProtection: true,
    });
    const name = 'acme-http-crud-tutorial-staging';
    expect(resource['aws_dynamodb_table']?.['items']).toMatchObject({
      name: `${name}-items`,
      deletion_protection_enabled: true,
    });
    expect(resource['aws_lambda_function']?.['function']).toMatchObject({
      function_name: `${name}-function`,
      memory_size: 512,
      timeout: 20,
      logging_config: { application_log_level: 'DEBUG' },
    });
    expect(resource['aws_iam_role']?.['function']).toMatchObject({ name: `${name}-role` });
    expect(resource['aws_apigatewayv2_api']?.['api']).toMatchObject({ name: `${name}-api` });
    for (const group of Object.values(resource['aws_cloudwatch_log_group'] ?? {}))
      expect(group.retention_in_days).toBe(30);
    expect(resource['aws_apigatewayv2_stage']?.['default'].default_route_settings).toEqual({
      throttling_rate_limit: 7,
      throttling_burst_limit: 3,
    });
    expect(provider['aws']).toMatchObject([
      { region: 'eu-west-1', default_tags: [{ tags: { environment: 'staging', team: 'crud' } }] },
    ]);
  });

  test('names with the longest prefix and environment fit the maximum of AWS', () => {
    const { resource } = synth(items, {
      environment: 'e'.repeat(12),
      namePrefix: 'p'.repeat(11),
      functionPerRoute: true,
    });
    for (const { function_name: name } of Object.values(resource['aws_lambda_function'] ?? {})) {
      expect((name as string).length).toBeLessThanOrEqual(64);
    }
  });
});

describe('with a function for each route', () => {
  let stack: Synthesized;
  beforeAll(() => {
    stack = synth(items, { functionPerRoute: true });
  });

  test('each function has an alias', () => {
    const aliases = Object.entries(stack.resource['aws_lambda_alias'] ?? {});
    expect(aliases.map(([id]) => id).sort()).toEqual(['delete', 'get', 'list', 'put']);
    for (const [id, { function_version: version }] of aliases)
      expect(version).toBe(`\${aws_lambda_function.${id}.version}`);
  });

  test('four functions share one archive', () => {
    const functions = Object.values(stack.resource['aws_lambda_function'] ?? {});
    expect(functions.map(({ function_name: name }) => name as string).sort()).toEqual([
      'http-crud-tutorial-function-delete',
      'http-crud-tutorial-function-get',
      'http-crud-tutorial-function-list',
      'http-crud-tutorial-function-put',
    ]);
    expect(new Set(functions.map(({ filename }) => filename as string)).size).toBe(1);
  });

  test.each(routesOf(items))(
    '$routeKey: the role allows only the actions of the operation',
    ({ routeKey, route: { operation } }) => {
      const name = operation === 'read' ? 'get' : operation;
      const { tableActions: actions } = needsOf(items, routeKey);
      expect(stack.data['aws_iam_policy_document']?.[`${name}_permissions`].statement).toEqual([
        {
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [`\${aws_cloudwatch_log_group.${name}.arn}:*`],
        },
        { actions: [...actions], resources: ['${aws_dynamodb_table.items.arn}'] },
      ]);
      const deployed = Object.values(stack.resource['aws_apigatewayv2_route'] ?? {}).find(
        ({ route_key: key }) => key === routeKey,
      );
      expect(deployed.target).toBe(`integrations/\${aws_apigatewayv2_integration.${name}.id}`);
    },
  );

  test('the output function_name maps each route to its function', () => {
    const keys = Object.keys(items.routes);
    expect(Object.keys(stack.output['function_name'].value).sort()).toEqual(keys.sort());
  });
});
