/** Warnings about lost protection of data. */
import { changeWarnings, expectWarnings, type WarningCase } from './support/warnings';

test.each<WarningCase>([
  [
    'a database',
    'aws_neptune_cluster',
    { deletion_protection: true },
    { deletion_protection: false },
    ['protection: loses deletion protection'],
  ],
  [
    'a user pool',
    'aws_cognito_user_pool',
    { deletion_protection: 'ACTIVE' },
    { deletion_protection: 'INACTIVE' },
    ['protection: loses deletion protection'],
  ],
  [
    'an instance',
    'aws_instance',
    { disable_api_termination: true },
    { disable_api_termination: false },
    ['protection: loses deletion protection'],
  ],
  [
    'a load balancer',
    'aws_lb',
    { enable_deletion_protection: true },
    { enable_deletion_protection: false },
    ['protection: loses deletion protection'],
  ],
  [
    'a final snapshot',
    'aws_db_instance',
    { skip_final_snapshot: false },
    { skip_final_snapshot: true },
    [/^protection: sets `skip_final_snapshot`/],
  ],
  [
    'a repository',
    'aws_ecr_repository',
    { force_delete: false },
    { force_delete: true },
    [/^protection: sets `force_delete`/],
  ],
  [
    'encryption',
    'aws_rds_cluster',
    { storage_encrypted: true },
    { storage_encrypted: false },
    ['protection: is no longer encrypted'],
  ],
  [
    'an own key',
    'aws_sqs_queue',
    { kms_master_key_id: 'k' },
    { kms_master_key_id: '' },
    ['protection: is no longer encrypted with its own key'],
  ],
  [
    'versioning of the bucket itself',
    'aws_s3_bucket',
    { versioning: [{ enabled: true }] },
    { versioning: [{ enabled: false }] },
    [/^protection: stops versioning/],
  ],
  [
    'replication',
    'aws_s3_bucket_replication_configuration',
    { rule: [{ id: 'a', status: 'Enabled' }] },
    { rule: [{ id: 'a', status: 'Disabled' }] },
    ['protection: stops replication: new objects have no replica'],
  ],
  [
    'versioning that moves to another bucket',
    'aws_s3_bucket_versioning',
    { bucket: 'a', versioning_configuration: [{ status: 'Enabled' }] },
    { bucket: 'b', versioning_configuration: [{ status: 'Enabled' }] },
    [/^protection: stops versioning/],
  ],
  ['an object lock', 'aws_s3_bucket_object_lock_configuration', { bucket: 'b' }, null, [/^protection: is deleted/]],
])('%s', (_, type, before, after, expected) => expectWarnings(type, before, after, expected));

test.each<[type: string, before: object, after: object, expected: RegExp]>([
  ['aws_db_instance', { backup_retention_period: 30 }, { backup_retention_period: null }, /30/],
  ['aws_elasticache_cluster', { snapshot_retention_limit: 30 }, { snapshot_retention_limit: null }, /30/],
  ['aws_kms_key', { is_enabled: true }, { is_enabled: false }, /is disabled/],
  [
    'aws_instance',
    { root_block_device: [{ delete_on_termination: false }] },
    { root_block_device: [{ delete_on_termination: true }] },
    /delete_on_termination/,
  ],
  ['aws_ssm_parameter', { skip_destroy: true }, { skip_destroy: false }, /no longer kept/],
  [
    'aws_backup_plan',
    { rule: [backup('daily', 365), backup('hourly', 1)] },
    { rule: [backup('hourly', 365), backup('daily', 1)] },
    /365/,
  ],
])('warns of %s from %j to %j, and is quiet in the other direction', (type, before, after, expected) => {
  expect(changeWarnings(type, before, after)).toEqual([expect.stringMatching(expected)]);
  if (type !== 'aws_backup_plan') expect(changeWarnings(type, after, before)).toEqual([]);
});

function backup(name: string, days: number) {
  return { rule_name: name, lifecycle: [{ delete_after: days }] };
}

test('warns of another key', () => {
  expect(changeWarnings('aws_db_instance', { kms_key_id: 'key-a' }, { kms_key_id: 'key-b' })).toEqual([
    'protection: is encrypted with another key: `key-b` instead of `key-a`',
  ]);
});
