/** Lists settings and resources that protect data: deletion protection, backups, versions, encryption and others. */
import { attribute, isEmpty, type Value } from '../model/value';

export interface Protection {
  /** @default every type */
  readonly type?: RegExp;
  /** Matches the path of the setting without indexes: `point_in_time_recovery.enabled`. */
  readonly path: RegExp;
  readonly isOn: (value: Value | undefined) => boolean;
  /** The warning when the protection is switched off. */
  readonly text?: string;
  /** Whether the resource has another protection instead after the change. */
  readonly isReplaced?: (after: Value) => boolean;
  /** The consequence when a setting is switched on that ends the protection. The warning also names the setting. */
  readonly consequence?: string;
}

/** Names of settings with the key of encrypted data. */
export const KEY = /(^|\.)(\w+_)?kms_(master_)?key(_id|_arn|_identifier)?$/;

export const PROTECTIONS: readonly Protection[] = [
  {
    path: /(^|\.)((enable_)?(deletion|termination|delete)_protection(_enabled)?(\.mode)?|disable_api_termination)$/,
    isOn: isEnabled,
    text: 'loses deletion protection',
  },
  {
    path: /(^|\.)point_in_time_recovery(_enabled)?(\.(enabled|status|point_in_time_recovery_enabled))?$/,
    isOn: isEnabled,
    text: 'loses point-in-time recovery: AWS deletes its continuous backups',
  },
  {
    path: /(^|\.)skip_final_(snapshot|backup)$/,
    isOn: isOff,
    consequence: 'AWS makes no copy when the resource is deleted',
  },
  {
    path: /(^|\.)force_(destroy|delete|destroy_pending_deletion)$/,
    isOn: isOff,
    consequence: 'Terraform can delete the resource with everything in it',
  },
  {
    path: /(^|\.)delete_on_termination$/,
    isOn: isOff,
    consequence: 'AWS deletes the volume with the instance',
  },
  {
    type: /^aws_kms_/,
    path: /^(is_)?enabled$/,
    isOn: isEnabled,
    text: 'is disabled: nobody can read the data that is encrypted with this key',
  },
  {
    path: /^(skip_destroy|retain_on_delete|final_snapshot)$/,
    isOn: isEnabled,
    text: 'is no longer kept in AWS when Terraform deletes it',
  },
  {
    path: /(^|\.)delete_automated_backups$/,
    isOn: isOff,
    consequence: 'AWS deletes the backups with the resource',
  },
  {
    path: /^versioning(_configuration)?\.(status|enabled)$/,
    isOn: isEnabled,
    text: 'stops versioning: overwritten and deleted objects cannot be recovered',
  },
  { path: /\.mfa_delete$/, isOn: isEnabled, text: 'no longer requires MFA to delete versions' },
  {
    path: /(^|\.)(storage_encrypted|encrypted|encryption_enabled|at_rest_encryption_enabled|transit_encryption_enabled)$|(^|\.)(server_side_encryption|encrypt_at_rest|node_to_node_encryption)\.enabled$/,
    isOn: isEnabled,
    text: 'is no longer encrypted',
  },
  {
    path: KEY,
    isOn: (value) => !isEmpty(value),
    text: 'is no longer encrypted with its own key',
  },
  {
    type: /^aws_s3_bucket(_replication_configuration)?$/,
    path: /^(replication_configuration\.rules|rule)\.status$/,
    isOn: isEnabled,
    text: 'stops replication: new objects have no replica',
  },
  {
    path: /(^|\.)sse_algorithm$/,
    isOn: (value) => typeof value === 'string' && value.startsWith('aws:kms'),
    text: 'no longer encrypts new objects with a key of KMS',
  },
  {
    path: /^sqs_managed_sse_enabled$/,
    isOn: isEnabled,
    isReplaced: (after) => !isEmpty(attribute(after, 'kms_master_key_id')),
    text: 'is no longer encrypted',
  },
  { path: /^enable_key_rotation$/, isOn: isEnabled, text: 'no longer rotates its key' },
  { path: /(^|\.)object_lock_enabled$/, isOn: isEnabled, text: 'loses its object lock' },
  {
    path: /default_retention\.mode$/,
    isOn: (value) => value === 'COMPLIANCE',
    text: 'lets users with a permission delete locked objects',
  },
  {
    path: /default_retention\.mode$/,
    isOn: (value) => !isEmpty(value),
    text: 'stops locking new objects',
  },
  {
    path: /^object_lock_legal_hold_status$/,
    isOn: (value) => value === 'ON',
    text: 'releases the legal hold of the object',
  },
  { type: /^aws_efs_backup_policy$/, path: /^backup_policy\.status$/, isOn: isEnabled, text: 'stops its backups' },
  { type: /^aws_dlm_lifecycle_policy$/, path: /^state$/, isOn: isEnabled, text: 'stops its snapshots' },
  {
    type: /^aws_backup_plan$/,
    path: /^rule\.target_vault_name$/,
    isOn: (value) => !isEmpty(value),
    text: 'loses a rule: it no longer makes these backups',
  },
  {
    type: /^aws_backup_plan$/,
    path: /^rule\.copy_action\.destination_vault_arn$/,
    isOn: (value) => !isEmpty(value),
    text: 'no longer copies its backups to another vault',
  },
  {
    type: /^aws_redshift_cluster$/,
    path: /^snapshot_copy\.destination_region$/,
    isOn: (value) => !isEmpty(value),
    text: 'no longer copies its snapshots to another region',
  },
  {
    type: /^aws_ecr_replication_configuration$/,
    path: /\.destination\.region$/,
    isOn: (value) => !isEmpty(value),
    text: 'loses a replica: new images are no longer copied to it',
  },
  {
    type: /^aws_rds_cluster$/,
    path: /^global_cluster_identifier$/,
    isOn: (value) => !isEmpty(value),
    text: 'leaves its global cluster: it is no longer replicated',
  },
  {
    path: /^data_deletion_policy$|(^|\.)home_efs_file_system$/,
    isOn: (value) => typeof value === 'string' && /^retain$/i.test(value),
    text: 'no longer keeps its data when the resource is deleted',
  },
  {
    path: /^retain_stacks?$/,
    isOn: (value) => value === true,
    text: 'no longer keeps its stacks when the resource is deleted',
  },
];

/** Resources that protect another resource. Their deletion ends the protection. */
export const PROTECTING: Readonly<Record<string, string>> = {
  aws_s3_bucket_versioning: 'stops versioning: overwritten and deleted objects cannot be recovered',
  aws_s3_bucket_server_side_encryption_configuration:
    'is deleted: new objects are encrypted only with the default key of S3',
  aws_s3_bucket_object_lock_configuration: 'is deleted: new objects have no object lock',
  aws_s3_bucket_replication_configuration: 'is deleted: new objects have no replica',
  aws_backup_vault_lock_configuration: 'is deleted: backups can be deleted',
  aws_efs_replication_configuration: 'is deleted: new files have no replica',
  aws_ecr_replication_configuration: 'is deleted: new images have no replica',
  aws_backup_plan: 'is deleted: no more backups are made by this plan',
  aws_backup_selection: 'is deleted: its resources are no longer in the backup plan',
  aws_dlm_lifecycle_policy: 'is deleted: no more snapshots are made by this policy',
  aws_db_instance_automated_backups_replication: 'is deleted: backups have no replica',
  aws_efs_backup_policy: 'is deleted: the file system has no automatic backups',
  aws_redshift_snapshot_copy: 'is deleted: snapshots have no copy in another region',
  aws_rbin_rule: 'is deleted: deleted snapshots and images cannot be restored',
};

function isEnabled(value: Value | undefined): boolean {
  return value === true || (typeof value === 'string' && /^(enabled|active|true)$/i.test(value));
}

function isOff(value: Value | undefined): boolean {
  return value !== true;
}
