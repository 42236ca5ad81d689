/** Data of many services that is deleted, kept for a shorter time, or no longer copied. */
import { type Attack, type ChangeRow, changeOf, planOf, resource } from '../build';

const lock = (...retention: readonly object[]) => ({
  rule: retention.map((member) => ({ default_retention: [member] })),
});
const backup = (...copies: readonly string[]) => ({
  rule: [
    { rule_name: 'r', target_vault_name: 'v', copy_action: copies.map((arn) => ({ destination_vault_arn: arn })) },
  ],
});
const registry = (...regions: readonly string[]) => ({
  replication_configuration: [{ rule: [{ destination: regions.map((region) => ({ region, registry_id: '1' })) }] }],
});
const snapshots = (hours: number) => ({
  maintenance_configuration: { iceberg_snapshot_management: { settings: { max_snapshot_age_hours: hours } } },
});

const CHANGES: readonly ChangeRow[] = [
  [
    'snapshots that were kept forever',
    'aws_redshift_cluster',
    { manual_snapshot_retention_period: -1 },
    { manual_snapshot_retention_period: 7 },
    /forever/,
  ],
  [
    'records without another attempt',
    'aws_lambda_event_source_mapping',
    { maximum_retry_attempts: -1 },
    { maximum_retry_attempts: 0 },
    /maximum_retry_attempts/,
  ],
  ['a time to live of rows', 'aws_keyspaces_table', { default_time_to_live: 0 }, { default_time_to_live: 60 }, /60/],
  [
    'a shorter archive of a topic',
    'aws_sns_topic',
    { archive_policy: '{"MessageRetentionPeriod":"30"}' },
    { archive_policy: '{"MessageRetentionPeriod":"1"}' },
    /archive_policy/,
  ],
  [
    'no archive of a topic',
    'aws_sns_topic',
    { archive_policy: '{"MessageRetentionPeriod":"30"}' },
    { archive_policy: '' },
    /archive_policy/,
  ],
  [
    'a shorter retention in properties',
    'aws_msk_configuration',
    { server_properties: 'log.retention.hours=168\n' },
    { server_properties: 'log.retention.hours=1\n' },
    /log\.retention\.hours/,
  ],
  [
    'a retention of indexes',
    'aws_opensearchserverless_lifecycle_policy',
    { policy: '{"Rules":[{"NoMinIndexRetention":true}]}' },
    { policy: '{"Rules":[{"MinIndexRetention":"24h"}]}' },
    /24h/,
  ],
  ['younger snapshots of a table', 'aws_s3tables_table', snapshots(240), snapshots(1), /max_snapshot_age_hours/],
  [
    'no backups of files',
    'aws_efs_backup_policy',
    { backup_policy: [{ status: 'ENABLED' }] },
    { backup_policy: [{ status: 'DISABLED' }] },
    /backups/,
  ],
  ['no snapshots by a policy', 'aws_dlm_lifecycle_policy', { state: 'ENABLED' }, { state: 'DISABLED' }, /snapshots/],
  ['a rule less in a backup plan', 'aws_backup_plan', backup(), { rule: [] }, /no longer makes/],
  ['no copies of backups', 'aws_backup_plan', backup('arn:v'), backup(), /no longer copies/],
  [
    'fewer resources of a backup',
    'aws_backup_selection',
    { resources: ['arn:1', 'arn:2'] },
    { resources: ['arn:1'] },
    /arn:2/,
  ],
  [
    'no lock of new objects',
    'aws_s3_bucket_object_lock_configuration',
    lock({ mode: 'GOVERNANCE', days: 30 }),
    lock(),
    /locking/,
  ],
  [
    'no legal hold',
    'aws_s3_object',
    { object_lock_legal_hold_status: 'ON' },
    { object_lock_legal_hold_status: 'OFF' },
    /legal hold/,
  ],
  [
    'a replica less of images',
    'aws_ecr_replication_configuration',
    registry('eu-west-1', 'eu-west-2'),
    registry('eu-west-1'),
    /loses a replica: new images/,
  ],
  [
    'no copies of snapshots',
    'aws_redshift_cluster',
    { snapshot_copy: [{ destination_region: 'eu-west-2' }] },
    { snapshot_copy: [] },
    /region/,
  ],
  [
    'a cluster without its replicas',
    'aws_rds_cluster',
    { global_cluster_identifier: 'g' },
    { global_cluster_identifier: '' },
    /global cluster/,
  ],
  [
    'data that is deleted with its source',
    'aws_bedrockagent_data_source',
    { data_deletion_policy: 'RETAIN' },
    { data_deletion_policy: 'DELETE' },
    /no longer keeps its data/,
  ],
];

/** Types of stores whose deletion is easy to overlook. */
const DELETED = [
  'aws_ami',
  'aws_db_snapshot_copy',
  'aws_fsx_backup',
  'aws_lightsail_bucket',
  'aws_cloudformation_stack',
];

export const stores: readonly Attack[] = [
  ...CHANGES.map(changeOf),
  ...DELETED.map((type) => ({
    hides: `a deleted ${type}`,
    reviewed: planOf(),
    plan: planOf({ resources: [resource(`${type}.a`, { name: 'a' }, null)] }),
    warns: new RegExp(`${type}\\.a is deleted`),
  })),
];
