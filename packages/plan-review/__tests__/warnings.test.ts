/** Warnings about changed and deleted resources. */
import { parsePlan } from '../src';
import type { RawPlan } from '../src/read/schema';
import { changeWarnings, warningTexts } from './support/warnings';
import { fixture, rawFixture } from './support/plans';

describe('recorded plans', () => {
  test.each(['create-items', 'create-manager', 'create-products', 'unchanged-items', 'setting-items', 'drift-items'])(
    '%s has no warnings',
    (name) => expect(warningTexts(fixture(name))).toEqual([]),
  );

  test('a replaced table loses its items', () => {
    expect(warningTexts(fixture('replace-table-items'))).toEqual([
      'data: aws_dynamodb_table.items **is deleted and re-created, forced by `hash_key`** (`http-crud-tutorial-items`): ' +
        'its items will be lost. Point-in-time recovery is on: AWS keeps a backup for 35 days',
    ]);
  });

  test('protection is switched off, and logs are kept for a shorter time', () => {
    expect(warningTexts(fixture('protection-items'))).toEqual([
      'data: aws_cloudwatch_log_group.api keeps logs for 7 days instead of 14: older log lines will be lost',
      'data: aws_cloudwatch_log_group.function keeps logs for 7 days instead of 14: older log lines will be lost',
      'protection: aws_dynamodb_table.items loses deletion protection',
      'protection: aws_dynamodb_table.items loses point-in-time recovery: AWS deletes its continuous backups',
    ]);
  });

  test('a route loses its key, a policy allows more, a permission loses its source', () => {
    const found = warningTexts(fixture('access-manager'));
    expect(found).toContain('access: aws_api_gateway_method.post_dynamodbmanager no longer requires an API key');
    expect(found).toContain('access: aws_iam_role_policy.function allows more actions: `dynamodb:*`');
    expect(found).toContainEqual(
      expect.stringMatching(/^access: aws_lambda_permission\.\w+ loses its limit `source_arn`, which was `arn:aws:/),
    );
    expect(found).toContain(
      'callers: aws_api_gateway_api_key.key gets a new value: callers with the old value get 403',
    );
  });

  test('a change to one function per route only loses the old log group', () => {
    expect(warningTexts(fixture('per-route-items'))).toEqual([
      expect.stringMatching(/^data: aws_cloudwatch_log_group\.function \*\*is deleted\*\*/),
    ]);
  });

  test('a destroyed stack causes four warnings: the table, both log groups, and the API once', () => {
    expect(warningTexts(fixture('destroy-items')).map((text) => text.slice(0, 40))).toHaveLength(4);
  });

  test('an unknown policy gains an action in its data source', () => {
    const raw = rawFixture('replace-table-items');
    const json = JSON.stringify(raw).replace(
      '["dynamodb:DeleteItem",',
      '["dynamodb:BatchWriteItem","dynamodb:DeleteItem",',
    );
    expect(json).not.toBe(JSON.stringify(raw));
    expect(warningTexts(parsePlan(JSON.parse(json) as RawPlan, 'plan.json', 'items'))).toContain(
      'access: aws_iam_role_policy.function allows more actions: `dynamodb:BatchWriteItem`',
    );
  });
});

test.each<[string, string, object, object | null, string | undefined]>([
  [
    'authorization',
    'aws_api_gateway_method',
    { authorization: 'AWS_IAM' },
    { authorization: 'NONE' },
    'access: no longer authorizes callers: `AWS_IAM` becomes NONE',
  ],
  [
    'authorizer',
    'aws_apigatewayv2_route',
    { authorization_type: 'JWT', authorizer_id: 'a' },
    { authorization_type: 'JWT' },
    'access: loses its authorizer',
  ],
  [
    'scope',
    'aws_apigatewayv2_route',
    { authorization_type: 'JWT', authorization_scopes: ['a', 'b'] },
    { authorization_type: 'JWT', authorization_scopes: ['a'] },
    'access: no longer requires the scopes `b`',
  ],
  [
    'public access block',
    'aws_s3_bucket_public_access_block',
    { block_public_policy: true },
    { block_public_policy: false },
    'access: no longer blocks public access: `block_public_policy`',
  ],
  [
    'deleted public access block',
    'aws_s3_bucket_public_access_block',
    { block_public_policy: true },
    null,
    'access: is deleted: the bucket can be made public',
  ],
  ['narrower source', 'aws_lambda_permission', { source_arn: 'arn:x/*' }, { source_arn: 'arn:x/y' }, undefined],
  [
    'wider source',
    'aws_lambda_permission',
    { source_arn: 'arn:x/y' },
    { source_arn: 'arn:x/*' },
    'access: has another `source_arn`: `arn:x/*` instead of `arn:x/y`',
  ],
  [
    'boundary',
    'aws_iam_role',
    { permissions_boundary: 'arn:b' },
    { permissions_boundary: null },
    'access: loses its permissions boundary',
  ],
  [
    'audience',
    'aws_iam_openid_connect_provider',
    { client_id_list: ['a'] },
    { client_id_list: ['a', 'b'] },
    'access: accepts tokens for more audiences: `b`',
  ],
  [
    'unlimited retention',
    'aws_cloudwatch_log_group',
    { retention_in_days: 0 },
    { retention_in_days: 90 },
    'data: keeps logs for 90 days instead of forever: older log lines will be lost',
  ],
  ['longer retention', 'aws_cloudwatch_log_group', { retention_in_days: 14 }, { retention_in_days: 30 }, undefined],
  [
    'time to live',
    'aws_dynamodb_table',
    { ttl: [] },
    { ttl: [{ enabled: true, attribute_name: 'at' }] },
    'data: turns on time to live: AWS will delete items whose `at` has passed',
  ],
  [
    'replica',
    'aws_dynamodb_table',
    { replica: [{ region_name: 'eu-west-1' }] },
    { replica: [] },
    'data: loses its replica in `eu-west-1`',
  ],
  [
    'versioning',
    'aws_s3_bucket_versioning',
    { versioning_configuration: [{ status: 'Enabled' }] },
    { versioning_configuration: [{ status: 'Suspended' }] },
    'protection: stops versioning: overwritten and deleted objects cannot be recovered',
  ],
  [
    'bucket',
    'aws_s3_bucket',
    { bucket: 'b', force_destroy: false },
    null,
    'data: **is deleted** (`b`): its objects will be lost',
  ],
  ['log group with skip_destroy', 'aws_cloudwatch_log_group', { name: 'a', skip_destroy: true }, null, undefined],
  [
    'protected table',
    'aws_dynamodb_table',
    { name: 't', deletion_protection_enabled: true },
    null,
    'data: **is deleted** (`t`): its items will be lost. Deletion protection is on: AWS will refuse the deletion',
  ],
  [
    'route',
    'aws_api_gateway_method',
    { authorization: 'NONE' },
    null,
    'callers: is deleted: callers of the route get an error',
  ],
  [
    'key',
    'aws_api_gateway_api_key',
    { enabled: true },
    { enabled: false },
    'callers: is disabled: callers with this key get 403',
  ],
])('changed or deleted: %s', (_, type, before, after, expected) => {
  expect(changeWarnings(type, before, after)).toEqual(expected === undefined ? [] : [expected]);
});
