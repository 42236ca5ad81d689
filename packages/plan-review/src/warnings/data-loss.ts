/** What loses data, and what takes away its protection. */
import type { Change } from '../model';
import { code } from '../text';
import { attribute, isList, type Value } from '../value';
import { pathText } from '../detail';
import type { Finding, Rule } from './finding';

/** Resources that hold what Terraform cannot make again. */
const HOLDS: Readonly<Record<string, string>> = {
  aws_backup_vault: 'the backups in it',
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
  aws_kms_key: 'all that was encrypted with it, when its waiting period is over',
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

export const dataLoss: Rule = (change) => [...destroyed(change), ...expiring(change), ...unprotected(change)];

function destroyed({ type, address, action, forcedBy, before }: Change): Finding[] {
  const lost = HOLDS[type];
  if (lost === undefined || (action !== 'delete' && action !== 'replace')) return [];
  // `skip_destroy` takes it out of the state alone.
  if (attribute(before, 'skip_destroy') === true || attribute(before, 'retain_on_delete') === true) return [];
  const forced = forcedBy.map((path) => code(pathText(path))).join(', ');
  const why =
    action === 'delete' ? 'deleted' : `deleted and created anew${forced === '' ? '' : `, forced by ${forced}`}`;
  const name = attribute(before, 'name') ?? attribute(before, 'bucket') ?? attribute(before, 'id');
  const what = typeof name === 'string' ? ` (${code(name)})` : '';
  const text = `**is ${why}**${what}: ${lost} will be lost${tableNotes(type, before)}`;
  return [{ kind: 'data', address, text }];
}

/** What AWS does about a deleted table (DynamoDB developer guide, "Point-in-time recovery", "Deletion protection"). */
function tableNotes(type: string, before: Value): string {
  if (type !== 'aws_dynamodb_table') return '';
  if (attribute(before, 'deletion_protection_enabled') === true)
    return '; AWS will refuse it, as deletion protection is on';
  return pointInTimeRecovery(before)
    ? '; as point-in-time recovery is on, AWS keeps a backup for 35 days'
    : '; there is no point-in-time recovery';
}

/** Settings that let AWS delete what is there. */
function expiring({ type, address, action, before, after }: Change): Finding[] {
  if (action !== 'change') return [];
  const findings: Finding[] = [];
  const [old, now] = [attribute(before, 'retention_in_days'), attribute(after, 'retention_in_days')];
  // 0 is for ever.
  if (
    type === 'aws_cloudwatch_log_group' &&
    typeof old === 'number' &&
    typeof now === 'number' &&
    now > 0 &&
    (old === 0 || now < old)
  ) {
    const from = old === 0 ? 'for ever' : `for ${old}`;
    findings.push({
      kind: 'data',
      address,
      text: `keeps logs for ${now} days, and no longer ${from}: older log lines will be lost`,
    });
  }
  if (type === 'aws_dynamodb_table') {
    const [oldTtl, newTtl] = [first(before, 'ttl'), first(after, 'ttl')];
    if (attribute(newTtl, 'enabled') === true && attribute(oldTtl, 'enabled') !== true) {
      const name = attribute(newTtl, 'attribute_name');
      findings.push({
        kind: 'data',
        address,
        text: `gets a time to live: items whose ${code(typeof name === 'string' ? name : 'time')} is past will be deleted`,
      });
    }
    const gone = names(before, 'replica', 'region_name').filter(
      (region) => !names(after, 'replica', 'region_name').includes(region),
    );
    for (const region of gone) findings.push({ kind: 'data', address, text: `loses its replica in ${code(region)}` });
  }
  return findings;
}

interface Guard {
  readonly type: string;
  /** Whether it is on. */
  readonly on: (value: Value) => boolean;
  readonly text: string;
}

const GUARDS: readonly Guard[] = [
  {
    type: 'aws_dynamodb_table',
    on: pointInTimeRecovery,
    text: 'loses point-in-time recovery: AWS deletes its continuous backups',
  },
  { type: 'aws_dynamodb_table', on: flag('deletion_protection_enabled'), text: 'loses deletion protection' },
  { type: 'aws_db_instance', on: flag('deletion_protection'), text: 'loses deletion protection' },
  { type: 'aws_rds_cluster', on: flag('deletion_protection'), text: 'loses deletion protection' },
  {
    type: 'aws_s3_bucket',
    on: (value) => attribute(value, 'force_destroy') !== true,
    text: 'gets `force_destroy`: it can be deleted with all its objects',
  },
  {
    type: 'aws_s3_bucket_versioning',
    on: (value) => attribute(first(value, 'versioning_configuration'), 'status') === 'Enabled',
    text: 'ends versioning: what is overwritten or deleted is gone',
  },
];

/** A guard that is switched off; where the guard is a resource of its own, deleted too. */
function unprotected({ type, address, action, before, after }: Change): Finding[] {
  const own = type === 'aws_s3_bucket_versioning' && action === 'delete';
  if (action !== 'change' && action !== 'replace' && !own) return [];
  return GUARDS.filter((guard) => guard.type === type && guard.on(before) && (own || !guard.on(after))).map(
    ({ text }) => ({
      kind: 'protection' as const,
      address,
      text,
    }),
  );
}

function pointInTimeRecovery(table: Value): boolean {
  return attribute(first(table, 'point_in_time_recovery'), 'enabled') === true;
}

function flag(name: string): (value: Value) => boolean {
  return (value) => attribute(value, name) === true;
}

/** The one block of a kind. */
function first(value: Value, name: string): Value | undefined {
  const blocks = attribute(value, name);
  return isList(blocks) ? blocks[0] : blocks;
}

function names(value: Value, block: string, name: string): string[] {
  const blocks = attribute(value, block);
  return isList(blocks) ? blocks.map((part) => attribute(part, name)).filter((text) => typeof text === 'string') : [];
}
