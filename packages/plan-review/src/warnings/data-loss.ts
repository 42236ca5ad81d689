/** Warns of lost data: a deleted or replaced resource that stores data, and settings that let AWS delete data. */
import { formatPath } from '../model/path';
import type { Change } from '../model/plan';
import { attribute, type Value } from '../model/value';
import { inlineCode } from '../escape';
import { firstBlock, hasPointInTimeRecovery, textsInBlocks } from './blocks';
import type { Rule } from './warning';

/** Resource types that store data. The text names the data that Terraform cannot restore. */
const STORED_DATA: Readonly<Record<string, string>> = {
  aws_backup_vault: 'its backups',
  aws_cloudwatch_log_group: 'its log lines',
  aws_cloudwatch_log_stream: 'its log lines',
  aws_cognito_user_pool: 'its users',
  aws_db_instance: 'its databases',
  aws_docdb_cluster: 'its documents',
  aws_dynamodb_global_table: 'its items',
  aws_dynamodb_table: 'its items',
  aws_dynamodb_table_item: 'the item',
  aws_dynamodb_table_replica: 'the items of this replica',
  aws_ebs_volume: 'its data',
  aws_ecr_repository: 'its images',
  aws_efs_file_system: 'its files',
  aws_elasticache_replication_group: 'its data',
  aws_kinesis_stream: 'its records',
  aws_kms_key: 'everything encrypted with it, after its waiting period,',
  aws_memorydb_cluster: 'its data',
  aws_neptune_cluster: 'its graph',
  aws_opensearch_domain: 'its indexes',
  aws_rds_cluster: 'its databases',
  aws_redshift_cluster: 'its data',
  aws_s3_bucket: 'its objects',
  aws_s3_directory_bucket: 'its objects',
  aws_s3_object: 'the object',
  aws_secretsmanager_secret: 'its value',
  aws_sqs_queue: 'its messages',
  aws_ssm_parameter: 'its value',
  aws_timestreamwrite_table: 'its records',
};

export const dataLossRule: Rule = (change) =>
  [...destroyedData(change), ...shorterLogRetention(change), ...tableSettings(change)].map((text) => ({
    kind: 'data',
    address: change.address,
    text: [text],
  }));

function destroyedData({ type, action, forcedBy, before }: Change): string[] {
  const data = STORED_DATA[type];
  if (data === undefined || (action !== 'delete' && action !== 'replace')) return [];
  // With these arguments, the provider removes the resource from the state only.
  if (attribute(before, 'skip_destroy') === true || attribute(before, 'retain_on_delete') === true) return [];
  const paths = forcedBy.map((path) => inlineCode(formatPath(path))).join(', ');
  const how = action === 'delete' ? 'deleted' : `deleted and re-created${paths === '' ? '' : `, forced by ${paths}`}`;
  const name = attribute(before, 'name') ?? attribute(before, 'bucket') ?? attribute(before, 'id');
  const shownName = typeof name === 'string' ? ` (${inlineCode(name)})` : '';
  return [`**is ${how}**${shownName}: ${data} will be lost${type === 'aws_dynamodb_table' ? tableNote(before) : ''}`];
}

/** Says how AWS protects a deleted table (DynamoDB developer guide, "Point-in-time recovery", "Deletion protection"). */
function tableNote(before: Value): string {
  if (attribute(before, 'deletion_protection_enabled') === true) {
    return '. Deletion protection is on: AWS will refuse';
  }
  return hasPointInTimeRecovery(before)
    ? '. Point-in-time recovery is on: AWS keeps a backup for 35 days'
    : '. Point-in-time recovery is off';
}

function shorterLogRetention({ type, action, before, after }: Change): string[] {
  if (type !== 'aws_cloudwatch_log_group' || action !== 'change') return [];
  const [oldDays, newDays] = [attribute(before, 'retention_in_days'), attribute(after, 'retention_in_days')];
  if (typeof oldDays !== 'number' || typeof newDays !== 'number') return [];
  // 0 means forever.
  if (newDays === 0 || (oldDays !== 0 && newDays >= oldDays)) return [];
  const instead = oldDays === 0 ? 'forever' : oldDays;
  return [`keeps logs for ${newDays} days instead of ${instead}: older log lines will be lost`];
}

function tableSettings({ type, action, before, after }: Change): string[] {
  if (type !== 'aws_dynamodb_table' || action !== 'change') return [];
  const texts: string[] = [];
  const [oldTtl, newTtl] = [firstBlock(before, 'ttl'), firstBlock(after, 'ttl')];
  if (attribute(newTtl, 'enabled') === true && attribute(oldTtl, 'enabled') !== true) {
    const name = attribute(newTtl, 'attribute_name');
    const expired = typeof name === 'string' ? `items whose ${inlineCode(name)} has passed` : 'expired items';
    texts.push(`turns on time to live: AWS will delete ${expired}`);
  }
  const newRegions = textsInBlocks(after, 'replica', 'region_name');
  const removedRegions = textsInBlocks(before, 'replica', 'region_name').filter((name) => !newRegions.includes(name));
  return [...texts, ...removedRegions.map((region) => `loses its replica in ${inlineCode(region)}`)];
}
