/** Data that is kept for a shorter time. */
import { type Attack, type Attributes, change, OWN } from '../build';

/** A number of a type gets smaller: type, path of the attribute, old number, new number. People reviewed a larger number. */
const RETENTIONS: readonly (readonly [type: string, path: string, before: number, after: number])[] = [
  ['aws_cloudwatch_log_group', 'retention_in_days', 0, 1],
  ['aws_sqs_queue', 'message_retention_seconds', 1209600, 60],
  ['aws_kinesis_stream', 'retention_period', 8760, 24],
  ['aws_db_instance', 'backup_retention_period', 30, 0],
  ['aws_rds_cluster', 'backup_retention_period', 30, 1],
  ['aws_docdb_cluster', 'backup_retention_period', 30, 1],
  ['aws_neptune_cluster', 'backup_retention_period', 30, 1],
  ['aws_redshift_cluster', 'automated_snapshot_retention_period', 30, 0],
  ['aws_elasticache_replication_group', 'snapshot_retention_limit', 30, 0],
  ['aws_memorydb_cluster', 'snapshot_retention_limit', 30, 0],
  ['aws_cloudwatch_event_archive', 'retention_days', 0, 1],
  ['aws_cloudtrail_event_data_store', 'retention_period', 2557, 7],
  ['aws_fsx_lustre_file_system', 'automatic_backup_retention_days', 30, 0],
  ['aws_secretsmanager_secret', 'recovery_window_in_days', 30, 0],
  ['aws_kms_key', 'deletion_window_in_days', 30, 7],
  ['aws_timestreamwrite_table', 'retention_properties.magnetic_store_retention_period_in_days', 365, 1],
  ['aws_backup_plan', 'rule.lifecycle.delete_after', 365, 1],
  ['aws_dynamodb_table', 'point_in_time_recovery.recovery_period_in_days', 35, 1],
  ['aws_msk_topic', 'message_retention_in_hours', 100, 1],
  ['aws_appsync_log', 'retain_days', 100, 1],
];

/** `a.b.c` as an attribute of a block within a block, as Terraform writes blocks. */
function at(path: string, value: unknown): Attributes {
  const [name = '', ...rest] = path.split('.');
  return { [name]: rest.length === 0 ? value : [at(rest.join('.'), value)] };
}

export const retentions: readonly Attack[] = RETENTIONS.map(([type, path, before, after]) =>
  change(
    `${path} of ${type}`,
    `${type}.a`,
    { name: 'a', arn: `arn:aws:x:eu-central-1:${OWN}:a`, ...at(path, before) },
    before === 0 ? { tags: { a: 'b' } } : at(path, before + 1),
    at(path, after),
    { warns: new RegExp(`${type}\\.a .*\\b${String(after)}\\b`) },
  ),
);
