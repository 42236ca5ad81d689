/** Warns of deleted and replaced resources that store data. retention.ts and lifecycle.ts check settings that delete data. */
import { formatPath } from '../model/path';
import { attribute, isList, type Value } from '../model/value';
import { join, name, rule, text, value } from './warning';

/** Resource types that store data. The text names the data that Terraform cannot restore. */
const STORED_DATA: Readonly<Record<string, string>> = {
  aws_backup_vault: 'its backups',
  aws_cloudtrail_event_data_store: 'its events',
  aws_cloudwatch_event_archive: 'its events',
  aws_cloudwatch_log_group: 'its log lines',
  aws_cloudwatch_log_stream: 'its log lines',
  aws_codecommit_repository: 'its commits',
  aws_cognito_user: 'the user',
  aws_cognito_user_pool: 'its users',
  aws_db_cluster_snapshot: 'the snapshot',
  aws_db_instance: 'its databases',
  aws_db_snapshot: 'the snapshot',
  aws_docdb_cluster: 'its documents',
  aws_docdb_cluster_snapshot: 'the snapshot',
  aws_docdbelastic_cluster: 'its documents',
  aws_dsql_cluster: 'its databases',
  aws_dynamodb_global_table: 'its items',
  aws_dynamodb_table: 'its items',
  aws_dynamodb_table_item: 'the item',
  aws_dynamodb_table_replica: 'the items of this replica',
  aws_ebs_snapshot: 'the snapshot',
  aws_ebs_volume: 'its data',
  aws_ecr_repository: 'its images',
  aws_ecrpublic_repository: 'its images',
  aws_efs_file_system: 'its files',
  aws_elasticache_cluster: 'its data',
  aws_elasticache_replication_group: 'its data',
  aws_elasticache_serverless_cache: 'its data',
  aws_elasticsearch_domain: 'its indexes',
  aws_fsx_lustre_file_system: 'its files',
  aws_fsx_ontap_file_system: 'its files',
  aws_fsx_ontap_volume: 'its files',
  aws_fsx_openzfs_file_system: 'its files',
  aws_fsx_openzfs_volume: 'its files',
  aws_fsx_windows_file_system: 'its files',
  aws_glacier_vault: 'its archives',
  aws_keyspaces_keyspace: 'its tables',
  aws_keyspaces_table: 'its rows',
  aws_kinesis_stream: 'its records',
  aws_kinesis_video_stream: 'its media',
  aws_kms_external_key: 'everything encrypted with it, after its waiting period,',
  aws_kms_key: 'everything encrypted with it, after its waiting period,',
  aws_kms_replica_key: 'everything encrypted with it in this region, after its waiting period,',
  aws_lightsail_database: 'its databases',
  aws_lightsail_disk: 'its data',
  aws_memorydb_cluster: 'its data',
  aws_memorydb_snapshot: 'the snapshot',
  aws_mq_broker: 'its messages',
  aws_msk_cluster: 'its records',
  aws_msk_serverless_cluster: 'its records',
  aws_neptune_cluster: 'its graph',
  aws_neptune_cluster_snapshot: 'the snapshot',
  aws_neptunegraph_graph: 'its graph',
  aws_opensearch_domain: 'its indexes',
  aws_opensearchserverless_collection: 'its indexes',
  aws_qldb_ledger: 'its documents',
  aws_rds_cluster: 'its databases',
  aws_rds_global_cluster: 'its databases',
  aws_redshift_cluster: 'its data',
  aws_redshift_cluster_snapshot: 'the snapshot',
  aws_redshiftserverless_namespace: 'its data',
  aws_s3_bucket: 'its objects',
  aws_s3_bucket_object: 'the object',
  aws_s3_directory_bucket: 'its objects',
  aws_s3_object: 'the object',
  aws_s3_object_copy: 'the object',
  aws_s3tables_namespace: 'its tables',
  aws_s3tables_table: 'its rows',
  aws_s3tables_table_bucket: 'its tables',
  aws_secretsmanager_secret: 'its value',
  aws_secretsmanager_secret_version: 'this value',
  aws_sqs_queue: 'its messages',
  aws_ssm_parameter: 'its value',
  aws_timestreamwrite_database: 'its records',
  aws_timestreamwrite_table: 'its records',
};

export const dataLossRule = rule('data', ({ type, action, forcedBy, before }) => {
  const data = Object.hasOwn(STORED_DATA, type) ? STORED_DATA[type] : undefined;
  if (data === undefined || (action !== 'delete' && action !== 'replace')) return [];
  // With these arguments, the provider removes the resource from the state only.
  if (attribute(before, 'skip_destroy') === true || attribute(before, 'retain_on_delete') === true) return [];
  const paths = join(forcedBy.map((path) => name(formatPath(path))));
  const how = action === 'delete' ? 'is deleted' : 'is deleted and re-created';
  const forced = action === 'delete' || paths.length === 0 ? [] : text`, forced by ${paths}`;
  const key = ['name', 'bucket', 'id'].find((candidate) => typeof attribute(before, candidate) === 'string');
  const shownName = key === undefined ? [] : text` (${value(attribute(before, key), [key])})`;
  const note = type === 'aws_dynamodb_table' ? tableNote(before) : '';
  return [text`**${how}${forced}**${shownName}: ${data} will be lost${note}`];
});

/** Says how AWS protects a deleted table (DynamoDB developer guide, "Point-in-time recovery", "Deletion protection"). */
function tableNote(before: Value): string {
  if (attribute(before, 'deletion_protection_enabled') === true) {
    return '. Deletion protection is on: AWS will refuse the deletion';
  }
  return hasPointInTimeRecovery(before)
    ? '. Point-in-time recovery is on: AWS keeps a backup for 35 days'
    : '. Point-in-time recovery is off';
}

function hasPointInTimeRecovery(table: Value): boolean {
  const blocks = attribute(table, 'point_in_time_recovery');
  return attribute(isList(blocks) ? blocks[0] : blocks, 'enabled') === true;
}
