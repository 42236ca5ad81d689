/** Warnings about settings that let AWS delete data. */
import { changeWarnings, expectWarnings, type WarningCase } from './support/warnings';

const rules = (...rule: object[]) => ({ bucket: 'b', rule });
const expiring = (days: number, more: object = {}) => ({
  id: 'tidy',
  status: 'Enabled',
  expiration: [{ days, date: null, expired_object_delete_marker: false }],
  ...more,
});
const images = (countNumber: number) => ({
  policy: JSON.stringify({
    rules: [
      { rulePriority: 1, selection: { countType: 'imageCountMoreThan', countNumber }, action: { type: 'expire' } },
    ],
  }),
});

test.each<WarningCase>([
  // Retention
  [
    'a queue',
    'aws_sqs_queue',
    { message_retention_seconds: 1_209_600 },
    { message_retention_seconds: 60 },
    ['data: keeps less data: `message_retention_seconds` is 60 seconds instead of 1209600. Older data will be lost'],
  ],
  ['a queue for longer', 'aws_sqs_queue', { message_retention_seconds: 60 }, { message_retention_seconds: 61 }, []],
  [
    'a stream',
    'aws_kinesis_stream',
    { retention_period: 8_760 },
    { retention_period: 24 },
    [/^data: .*24 instead of 8760/],
  ],
  [
    'backups of a database',
    'aws_db_instance',
    { backup_retention_period: 7 },
    { backup_retention_period: 0 },
    [/^data: .*0 instead of 7/],
  ],
  [
    'backups of a cluster',
    'aws_docdb_cluster',
    { backup_retention_period: 7 },
    { backup_retention_period: 1 },
    [/^data: /],
  ],
  [
    'snapshots',
    'aws_elasticache_replication_group',
    { snapshot_retention_limit: 5 },
    { snapshot_retention_limit: 1 },
    [/^data: /],
  ],
  [
    'a nested retention',
    'aws_timestreamwrite_table',
    { retention_properties: [{ magnetic_store_retention_period_in_days: 30 }] },
    { retention_properties: [{ magnetic_store_retention_period_in_days: 3 }] },
    [/^data: keeps less data: `retention_properties\[0\].magnetic_store_retention_period_in_days`/],
  ],
  [
    'an archive',
    'aws_cloudwatch_event_archive',
    { retention_days: 0 },
    { retention_days: 9 },
    [/^data: .*9 days instead of forever/],
  ],
  [
    'a backup plan',
    'aws_backup_plan',
    { rule: [{ rule_name: 'r', lifecycle: [] }] },
    { rule: [{ rule_name: 'r', lifecycle: [{ delete_after: 30 }] }] },
    [/^data: .*30 instead of forever/],
  ],
  ['a type that nobody listed', 'other_store', { data_retention_days: 9 }, { data_retention_days: 8 }, [/^data: /]],
  [
    'a window to restore a key',
    'aws_kms_key',
    { deletion_window_in_days: 30 },
    { deletion_window_in_days: 7 },
    ['protection: can be restored for a shorter time: `deletion_window_in_days` is 7 instead of 30'],
  ],
  // Lifecycle
  [
    'an earlier expiration',
    'aws_s3_bucket_lifecycle_configuration',
    rules(expiring(90)),
    rules(expiring(1)),
    ['data: deletes objects after 1 days, instead of after 90 days, in the rule `tidy`'],
  ],
  ['a later expiration', 'aws_s3_bucket_lifecycle_configuration', rules(expiring(1)), rules(expiring(90)), []],
  [
    'a new rule',
    'aws_s3_bucket_lifecycle_configuration',
    rules(),
    rules(expiring(90)),
    [/^data: deletes objects after 90 days/],
  ],
  [
    'an enabled rule',
    'aws_s3_bucket_lifecycle_configuration',
    rules(expiring(90, { status: 'Disabled' })),
    rules(expiring(90)),
    [/^data: deletes objects/],
  ],
  [
    'a wider filter',
    'aws_s3_bucket_lifecycle_configuration',
    rules(expiring(90, { filter: [{ prefix: 'logs/2024' }] })),
    rules(expiring(90, { filter: [{ prefix: 'logs/' }] })),
    [/^data: deletes objects/],
  ],
  [
    'a narrower filter',
    'aws_s3_bucket_lifecycle_configuration',
    rules(expiring(90, { filter: [{ prefix: 'logs/' }] })),
    rules(expiring(90, { filter: [{ and: [{ prefix: 'logs/2024', tags: { a: 'b' } }] }] })),
    [],
  ],
  [
    'noncurrent versions',
    'aws_s3_bucket_lifecycle_configuration',
    rules({ status: 'Enabled', noncurrent_version_expiration: [{ noncurrent_days: 9, newer_noncurrent_versions: 5 }] }),
    rules({ status: 'Enabled', noncurrent_version_expiration: [{ noncurrent_days: 9, newer_noncurrent_versions: 1 }] }),
    [
      /^data: deletes noncurrent versions after 9 days, except the newest 1, instead of after 9 days, except the newest 5/,
    ],
  ],
  [
    'a rule of the bucket itself',
    'aws_s3_bucket',
    { lifecycle_rule: [] },
    { lifecycle_rule: [{ enabled: true, expiration: [{ days: 3, date: '' }] }] },
    ['data: deletes objects after 3 days'],
  ],
  [
    'a rule that moves to another bucket',
    'aws_s3_bucket_lifecycle_configuration',
    { ...rules(expiring(1)), bucket: 'a' },
    rules(expiring(1)),
    ['data: deletes objects after 1 days, in the rule `tidy`'],
  ],
  ['images', 'aws_ecr_lifecycle_policy', images(10), images(1), [/^data: deletes images by the rule /]],
  ['more images', 'aws_ecr_lifecycle_policy', images(1), images(10), []],
  // Tables
  [
    'another attribute of the time to live',
    'aws_dynamodb_table',
    { ttl: [{ enabled: true, attribute_name: 'a' }] },
    { ttl: [{ enabled: true, attribute_name: 'b' }] },
    ['data: changes its time to live: AWS will delete items whose `b` has passed'],
  ],
  [
    'a replica of a secret',
    'aws_secretsmanager_secret',
    { replica: [{ region: 'r' }] },
    { replica: [] },
    [/^data: loses its replica/],
  ],
])('%s', (_, type, before, after, expected) => expectWarnings(type, before, after, expected));

test.each([
  'aws_lightsail_disk_snapshot',
  'aws_emr_cluster',
  'aws_route53_zone',
  'aws_example_table',
  'aws_fsx_backup',
])('warns of a deleted %s', (type) => {
  expect(changeWarnings(type, { name: 'a' }, null)).toContainEqual(expect.stringMatching(/^data: .*will be lost/));
});

test.each([
  ['aws_route_table', { name: 'a' }],
  ['aws_sagemaker_code_repository', { name: 'a' }],
  ['aws_lambda_layer_version', { layer_name: 'a' }],
  ['aws_s3_object', { bucket: 'a', key: 'a', source: 'dist/a.js' }],
  ['aws_s3_object', { bucket: 'a', key: 'a', content: 'a' }],
])('is quiet about a deleted %s, before %j', (type, before) => {
  expect(changeWarnings(type, before, null)).toEqual([]);
});
