/** Data that AWS deletes, or protects less, because of a setting. */
import { type Attack, type ChangeRow, changeOf, more, planOf, resource } from '../build';

const TABLE = {
  name: 'a',
  ttl: [{ enabled: false, attribute_name: '' }],
  replica: [{ region_name: 'eu-west-1' }],
  deletion_protection_enabled: true,
  point_in_time_recovery: [{ enabled: true }],
  server_side_encryption: [{ enabled: true, kms_key_arn: 'k' }],
  stream_enabled: true,
};
const BUCKET = { bucket: 'maps', force_destroy: false, versioning: [] };
const DATABASE = {
  identifier: 'a',
  deletion_protection: true,
  skip_final_snapshot: false,
  delete_automated_backups: false,
};

const ROWS: readonly ChangeRow[] = [
  ['a time to live', 'aws_dynamodb_table', TABLE, { ttl: [{ enabled: true, attribute_name: 'created' }] }, /created/],
  [
    'another attribute of a time to live',
    'aws_dynamodb_table',
    { ...TABLE, ttl: [{ enabled: true, attribute_name: 'expires' }] },
    { ttl: [{ enabled: true, attribute_name: 'created' }] },
    /created/,
  ],
  ['a table without its replica', 'aws_dynamodb_table', TABLE, { replica: [] }, /eu-west-1/],
  [
    'a table without its protection',
    'aws_dynamodb_table',
    TABLE,
    { deletion_protection_enabled: false },
    /deletion protection/,
  ],
  [
    'a table without its recovery',
    'aws_dynamodb_table',
    TABLE,
    { point_in_time_recovery: [] },
    /point-in-time recovery/,
  ],
  ['a table without its key of encryption', 'aws_dynamodb_table', TABLE, { server_side_encryption: [] }, /encrypt/],
  [
    'a database without its protection',
    'aws_db_instance',
    DATABASE,
    { deletion_protection: false },
    /deletion protection/,
  ],
  ['a database without a last snapshot', 'aws_db_instance', DATABASE, { skip_final_snapshot: true }, /snapshot/],
  ['a database without its backups', 'aws_db_instance', DATABASE, { delete_automated_backups: true }, /backup/],
  [
    'a load balancer without its protection',
    'aws_lb',
    { name: 'a', enable_deletion_protection: true },
    { enable_deletion_protection: false },
    /deletion protection/,
  ],
  [
    'a user pool without its protection',
    'aws_cognito_user_pool',
    { name: 'a', deletion_protection: 'ACTIVE' },
    { deletion_protection: 'INACTIVE' },
    /deletion protection/,
  ],
  [
    'a server without its protection',
    'aws_instance',
    { id: 'i', disable_api_termination: true },
    { disable_api_termination: false },
    /deletion protection/,
  ],
  ['a bucket that may be emptied', 'aws_s3_bucket', BUCKET, { force_destroy: true }, /force_destroy/],
  [
    'a repository that may be emptied',
    'aws_ecr_repository',
    { name: 'a', force_delete: false },
    { force_delete: true },
    /force_delete/,
  ],
  [
    'suspended versions',
    'aws_s3_bucket_versioning',
    { bucket: 'maps', versioning_configuration: [{ status: 'Enabled', mfa_delete: 'Disabled' }] },
    { versioning_configuration: [{ status: 'Suspended', mfa_delete: 'Disabled' }] },
    /version/,
  ],
  [
    'suspended versions in the bucket itself',
    'aws_s3_bucket',
    { ...BUCKET, versioning: [{ enabled: true, mfa_delete: false }] },
    { versioning: [{ enabled: false, mfa_delete: false }] },
    /version/,
  ],
  [
    'deletion of versions without a device',
    'aws_s3_bucket_versioning',
    { bucket: 'maps', versioning_configuration: [{ status: 'Enabled', mfa_delete: 'Enabled' }] },
    { versioning_configuration: [{ status: 'Enabled', mfa_delete: 'Disabled' }] },
    /mfa/i,
  ],
  [
    'a shorter lock of objects',
    'aws_s3_bucket_object_lock_configuration',
    { bucket: 'maps', rule: [{ default_retention: [{ mode: 'GOVERNANCE', days: 100 }] }] },
    { rule: [{ default_retention: [{ mode: 'GOVERNANCE', days: 1 }] }] },
    /lock|retention/,
  ],
];

const STORES = [
  'aws_dynamodb_table',
  'aws_s3_bucket',
  'aws_db_instance',
  'aws_efs_file_system',
  'aws_kms_key',
  'aws_cloudwatch_log_group',
  'aws_secretsmanager_secret',
  'aws_cognito_user_pool',
  'aws_ecr_repository',
  'aws_sqs_queue',
];
const NAMED = { name: 'a', bucket: 'a', force_destroy: false };

const marks = { deletion_protection_enabled: true, point_in_time_recovery: [{ enabled: true }] };
const open = { deletion_protection_enabled: false, point_in_time_recovery: [{ enabled: false }] };
const sensitive = (before: string, after: string) =>
  resource(
    'aws_thing.a',
    { a: 1, b: before },
    { a: 2, b: after },
    { before_sensitive: { b: true }, after_sensitive: { b: true } },
  );

export const protections: readonly Attack[] = [
  ...ROWS.map(changeOf),
  ...STORES.map((type) => more(`a deleted ${type}`, [resource(`${type}.a`, NAMED, null)], { warns: /is deleted/ })),
  more(
    'a replaced table in a module',
    [
      resource(
        'module.harbour.aws_dynamodb_table.a["x.y[0]"]',
        NAMED,
        { ...NAMED, hash_key: 'b' },
        { actions: ['create', 'delete'], replace_paths: [['hash_key']] },
        { index: 'x.y[0]' },
      ),
    ],
    { warns: /module\.harbour\.aws_dynamodb_table\.a.*hash_key/ },
  ),
  more('a deposed table', [resource('aws_dynamodb_table.a', NAMED, null, {}, { deposed: '1a2b3c4d' })], {
    warns: /deposed 1a2b3c4d/,
  }),
  more(
    'versions that nothing keeps any more',
    [resource('aws_s3_bucket_versioning.a', { bucket: 'a', versioning_configuration: [{ status: 'Enabled' }] }, null)],
    { warns: /version/ },
  ),
  {
    hides: 'a protection that is switched off by a sensitive value',
    reviewed: planOf({ resources: [resource('aws_dynamodb_table.a', TABLE, { ...TABLE, tags: { a: 'b' } })] }),
    plan: planOf({
      resources: [
        resource(
          'aws_dynamodb_table.a',
          TABLE,
          { ...TABLE, ...open },
          { before_sensitive: marks, after_sensitive: marks },
        ),
      ],
    }),
    warns: /deletion protection/,
  },
  {
    hides: 'a sensitive attribute that changes',
    reviewed: planOf({ resources: [sensitive('x', 'x')] }),
    plan: planOf({ resources: [sensitive('x', 'Zq7-vonLindwurm')] }),
    ...{ warns: /aws_thing\.a.*\bb\b/, secrets: ['Zq7-vonLindwurm'] },
  },
];
