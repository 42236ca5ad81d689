/** Warnings about sensitive values and sensitive policies. */
import { parsePlan } from '../src';
import type { RawChange, RawPlan } from '../src/read/schema';
import { warningLines } from './support/review';
import { warningTexts } from './support/warnings';
import { rawPlan, resource } from './support/plans';

const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const get = document({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' });
const everything = document({ Effect: 'Allow', Action: '*', Resource: '*' });

const texts = (type: string, change: Partial<RawChange>, more: Partial<RawPlan> = {}) =>
  warningTexts(
    parsePlan({ ...rawPlan(resource(type, { actions: ['update'], ...change })), ...more }, 'plan.json', 's'),
  ).map((text) => text.replace(`${type}.a `, ''));

test('a warning shows the parts of a sensitive policy that cannot be secrets', () => {
  const marks = { before_sensitive: { policy: true }, after_sensitive: { policy: true } };
  expect(texts('aws_iam_role_policy', { before: { policy: get }, after: { policy: everything }, ...marks })).toEqual([
    'access: allows more actions: `*`',
    'hidden: has a sensitive policy in `policy`: it allows `*` on `*`',
  ]);
});

test('a warning hides resources, conditions and texts outside of the grammar of IAM in a sensitive policy', () => {
  const secret = 'correct-horse-battery';
  const policy = document({
    Sid: secret,
    Effect: 'Allow',
    Action: ['s3:GetObject', `s3:${secret}`],
    Resource: [`arn:aws:s3:::${secret}/*`],
    Principal: { AWS: ['444455556666', secret] },
    Condition: { StringEquals: { 'aws:UserAgent': secret } },
  });
  const found = texts('aws_s3_bucket_policy', {
    before: { bucket: 'b', policy: document({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }) },
    after: { bucket: 'b', policy },
    after_sensitive: { policy: true },
  });
  expect(found.join('\n')).not.toContain(secret);
  expect(found).toContain(
    'hidden: has a sensitive policy in `policy`: it allows `s3:GetObject`, (sensitive) on (sensitive)' +
      ' to `AWS:444455556666`, (sensitive) if (sensitive). The hidden parts cannot be reviewed',
  );
});

test('a policy that becomes sensitive without another change causes a warning', () => {
  expect(
    texts('aws_iam_role_policy', {
      before: { policy: get },
      after: { policy: get },
      after_sensitive: { policy: true },
    }),
  ).toEqual(['hidden: has a sensitive policy in `policy`: it allows `dynamodb:GetItem` on `*`']);
});

test('sensitive values that change cause one warning', () => {
  const change = {
    before: { password: 'one-secret-value', block: [{ token: 'a', same: 's' }], size: 1 },
    after: { password: 'another-secret-value', block: [{ token: 'b', same: 's' }], size: 2 },
    before_sensitive: { password: true, block: [{ token: true, same: true }] },
    after_sensitive: { password: true, block: [{ token: true, same: true }] },
  };
  expect(texts('aws_db_instance', change)).toEqual([
    'hidden: changes sensitive values that nobody can review: `password`, `block[0].token`',
  ]);
});

test('a sensitive switch that is turned off causes the warning of the switch too', () => {
  const change = {
    before: { deletion_protection_enabled: true, point_in_time_recovery: [{ enabled: true }] },
    after: { deletion_protection_enabled: false, point_in_time_recovery: [{ enabled: false }] },
    before_sensitive: { deletion_protection_enabled: true, point_in_time_recovery: [{ enabled: true }] },
    after_sensitive: { deletion_protection_enabled: true, point_in_time_recovery: [{ enabled: true }] },
  };
  expect(texts('aws_dynamodb_table', change)).toEqual([
    'protection: loses deletion protection',
    'protection: loses point-in-time recovery: AWS deletes its continuous backups',
    'hidden: changes sensitive values that nobody can review: `deletion_protection_enabled`, `point_in_time_recovery[0].enabled`',
  ]);
});

/** A short text: only its mark hides it. */
const PIN = 'pin4711';

test.each<[type: string, before: object, after: object, mark: object]>([
  [
    'aws_apigatewayv2_api',
    { cors_configuration: [{ allow_origins: ['https://a'] }] },
    { cors_configuration: [{ allow_origins: ['https://a', PIN] }] },
    { cors_configuration: [{ allow_origins: [false, true] }] },
  ],
  [
    'aws_apigatewayv2_route',
    { api_id: 'a', authorization_type: 'JWT', authorization_scopes: [PIN] },
    { api_id: 'a', authorization_type: 'JWT', authorization_scopes: ['b'] },
    { authorization_scopes: [true] },
  ],
  [
    'aws_iam_policy_attachment',
    { policy_arn: 'p', roles: ['a'] },
    { policy_arn: 'p', roles: ['a', PIN] },
    { roles: [false, true] },
  ],
  [
    'aws_s3_bucket_lifecycle_configuration',
    { bucket: 'a', rule: [] },
    { bucket: 'a', rule: [{ id: PIN, status: 'Enabled', expiration: [{ days: 1 }] }] },
    { rule: [{ id: true }] },
  ],
  [
    'aws_s3_bucket_acl',
    { bucket: 'a', access_control_policy: [] },
    {
      bucket: 'a',
      access_control_policy: [{ owner: [], grant: [{ grantee: [{ id: PIN }], permission: 'READ' }] }],
    },
    { access_control_policy: [{ grant: [{ grantee: [{ id: true }] }] }] },
  ],
  ['aws_dynamodb_table', { replica: [{ region_name: PIN }] }, { replica: [] }, { replica: [{ region_name: true }] }],
])('a warning about %s hides a sensitive member of a list', (type, before, after, mark) => {
  const change = { before, after, before_sensitive: mark, after_sensitive: mark } as Partial<RawChange>;
  const plan = parsePlan(rawPlan(resource(type, { actions: ['update'], ...change })), 'plan.json', 's');
  const lines = warningLines(plan).join('\n');
  expect(lines).toMatch(/access|data|origin|scope|policy|grants|replica|deletes/i);
  expect(lines).not.toContain(PIN);
});

test.each<[string, object]>([
  ['an element twice, in different case', { Effect: 'Allow', Action: 's3:GetObject', action: '*', Resource: '*' }],
  ['an element that IAM does not know', { Effect: 'Allow', Action: 's3:GetObject', Actions: '*', Resource: '*' }],
  ['an effect that IAM does not know', { Effect: 'ALLOW ', Action: '*', Resource: '*' }],
])('a policy with %s cannot be read', (_, statement) => {
  const found = texts('aws_iam_role_policy', { before: { policy: get }, after: { policy: document(statement) } });
  expect(found).toContainEqual(expect.stringMatching(/^hidden: has an unreadable policy in `policy`/));
});

test('a policy with its statements twice, in different case, cannot be read', () => {
  const policy = get.replace('}]}', '}],"statement":[]}');
  expect(texts('aws_iam_role_policy', { before: { policy: get }, after: { policy } })).toContainEqual(
    expect.stringMatching(/an unreadable policy/),
  );
});

test('an OpenAPI document that is not JSON cannot be reviewed', () => {
  const [before, after] = [{ body: '{"paths":{}}' }, { body: 'paths:\n  /a:\n    get: {}\n' }];
  const warning =
    'hidden: has an OpenAPI document in `body` that is not JSON: plan-review cannot check which callers it authorizes';
  expect(texts('aws_api_gateway_rest_api', { before, after })).toEqual([warning]);
  expect(texts('aws_api_gateway_rest_api', { before: after, after: before })).toEqual([]);
});

test('a write-only argument with another version causes a warning', () => {
  const [before, after] = [1, 2].map((version) => ({ secret_string_wo: null, secret_string_wo_version: version }));
  expect(texts('aws_secretsmanager_secret_version', { before, after } as Partial<RawChange>)).toEqual([
    'hidden: sets values that a plan does not contain: `secret_string_wo`',
  ]);
});
