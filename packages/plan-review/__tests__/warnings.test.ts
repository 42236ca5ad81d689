/** What a review warns of. */
import { planOf } from '../src';
import type { RawPlan } from '../src/schema';
import { of, texts } from './findings';
import { fixture, rawFixture } from './plans';

describe('real plans', () => {
  test.each(['create-items', 'create-manager', 'create-products', 'unchanged-items', 'setting-items', 'drift-items'])(
    '%s: nothing to warn of',
    (name) => expect(texts(fixture(name))).toEqual([]),
  );

  test('a table that is replaced, with another key', () => {
    expect(texts(fixture('replace-table-items'))).toEqual([
      'data: aws_dynamodb_table.items **is deleted and created anew, forced by `hash_key`** (`http-crud-tutorial-items`): ' +
        'its items will be lost; as point-in-time recovery is on, AWS keeps a backup for 35 days',
    ]);
  });

  test('protection that is switched off, logs that are kept shorter', () => {
    expect(texts(fixture('protection-items'))).toEqual([
      'data: aws_cloudwatch_log_group.api keeps logs for 7 days, and no longer for 14: older log lines will be lost',
      'data: aws_cloudwatch_log_group.function keeps logs for 7 days, and no longer for 14: older log lines will be lost',
      'protection: aws_dynamodb_table.items loses point-in-time recovery: AWS deletes its continuous backups',
      'protection: aws_dynamodb_table.items loses deletion protection',
    ]);
  });

  test('a route without its key, a policy with more, a permission without its source', () => {
    const found = texts(fixture('access-manager'));
    expect(found).toContain('access: aws_api_gateway_method.post_dynamodbmanager no longer wants an API key');
    expect(found).toContain('access: aws_iam_role_policy.function allows more actions: `dynamodb:*`');
    expect(found).toContainEqual(
      expect.stringMatching(/^access: aws_lambda_permission\.\w+ loses its limit `source_arn`, which was `arn:aws:/),
    );
    expect(found).toContain(
      'callers: aws_api_gateway_api_key.key gets another value: callers with the old one get a 403',
    );
  });

  test('a function a route: of all that is made, moved and deleted, only the logs are lost', () => {
    expect(texts(fixture('per-route-items'))).toEqual([
      expect.stringMatching(/^data: aws_cloudwatch_log_group\.function \*\*is deleted\*\*/),
    ]);
  });

  test('all that is destroyed: table, logs, and one line for the API', () => {
    expect(texts(fixture('destroy-items')).map((text) => text.slice(0, 40))).toHaveLength(4);
  });

  test('a policy that is not known yet gains an action: its data source tells', () => {
    const raw = rawFixture('replace-table-items');
    const json = JSON.stringify(raw).replace(
      '["dynamodb:DeleteItem",',
      '["dynamodb:BatchWriteItem","dynamodb:DeleteItem",',
    );
    expect(json).not.toBe(JSON.stringify(raw));
    expect(texts(planOf(JSON.parse(json) as RawPlan, 'plan.json', 'items'))).toContain(
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
    'access: no longer authorizes its callers: `AWS_IAM` becomes NONE',
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
    'access: no longer wants the scopes `b`',
  ],
  [
    'public access block',
    'aws_s3_bucket_public_access_block',
    { block_public_policy: true },
    { block_public_policy: false },
    'access: no longer blocks public access: `block_public_policy`',
  ],
  [
    'public access block gone',
    'aws_s3_bucket_public_access_block',
    { block_public_policy: true },
    null,
    'access: is deleted: the bucket can be made public',
  ],
  ['source within the old', 'aws_lambda_permission', { source_arn: 'arn:x/*' }, { source_arn: 'arn:x/y' }, undefined],
  [
    'source beside the old',
    'aws_lambda_permission',
    { source_arn: 'arn:x/y' },
    { source_arn: 'arn:x/*' },
    'access: lets in another `source_arn`: `arn:x/*`, and not `arn:x/y` as before',
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
    'retention for ever',
    'aws_cloudwatch_log_group',
    { retention_in_days: 0 },
    { retention_in_days: 90 },
    'data: keeps logs for 90 days, and no longer for ever: older log lines will be lost',
  ],
  ['retention that grows', 'aws_cloudwatch_log_group', { retention_in_days: 14 }, { retention_in_days: 30 }, undefined],
  [
    'time to live',
    'aws_dynamodb_table',
    { ttl: [] },
    { ttl: [{ enabled: true, attribute_name: 'at' }] },
    'data: gets a time to live: items whose `at` is past will be deleted',
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
    'protection: ends versioning: what is overwritten or deleted is gone',
  ],
  [
    'bucket',
    'aws_s3_bucket',
    { bucket: 'b', force_destroy: false },
    null,
    'data: **is deleted** (`b`): its objects will be lost',
  ],
  ['log group that stays', 'aws_cloudwatch_log_group', { name: 'a', skip_destroy: true }, null, undefined],
  [
    'protected table',
    'aws_dynamodb_table',
    { name: 't', deletion_protection_enabled: true },
    null,
    'data: **is deleted** (`t`): its items will be lost; AWS will refuse it, as deletion protection is on',
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
    'callers: is disabled: callers with the key get a 403',
  ],
])('%s', (_, type, before, after, expected) => {
  expect(of(type, before, after)).toEqual(expected === undefined ? [] : [expected]);
});
