/** Warns when data loses a protection, such as deletion protection, backups, versions or encryption, on any resource. */
import { formatPath } from '../model/path';
import type { Change, Plan } from '../model/plan';
import { attribute, isEmpty, UNKNOWN, type Value } from '../model/value';
import { isForeign } from '../policy/principals';
import { membersAt, membersOf } from './lists';
import { isMoved } from './moved';
import { changedSettings, isRewritten, type Setting } from './settings';
import { type Check, name, rule, text, value, values } from './warning';

export const protectionRule = rule('protection', changedProtection, deletedProtection, fewerBackups, otherKey);

interface Protection {
  /** @default every type */
  readonly type?: RegExp;
  /** Matches the path of the setting without indexes: `point_in_time_recovery.enabled`. */
  readonly path: RegExp;
  readonly isOn: (value: Value | undefined) => boolean;
  /** The warning when the protection is switched off. */
  readonly text?: string;
  /** The consequence when a setting is switched on that ends the protection. The warning also names the setting. */
  readonly consequence?: string;
}

const KEY = /(^|\.)(\w+_)?kms_(master_)?key(_id|_arn|_identifier)?$/;

const PROTECTIONS: readonly Protection[] = [
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
    consequence: 'AWS deletes the data with the resource',
  },
  {
    path: /^retain_stacks?$/,
    isOn: (value) => value === true,
    consequence: 'AWS deletes the stacks with the resource',
  },
];

function changedProtection(change: Change): ReturnType<Check> {
  if (!isRewritten(change)) return [];
  const texts = changedSettings(change).flatMap((setting) => {
    if (setting.after === UNKNOWN) return [];
    return protectionsOf(setting, change)
      .filter(({ isOn }) => !isOn(setting.after))
      .map((protection) =>
        protection.consequence === undefined
          ? [protection.text ?? '']
          : text`sets ${name(setting.name)}: ${protection.consequence}`,
      );
  });
  return [...new Map(texts.map((parts) => [JSON.stringify(parts), parts])).values()];
}

/** Whether a switch protects data before the change. A key is not a switch: its id changes when the key is replaced. */
export function isProtected(setting: Setting, change: Change): boolean {
  return protectionsOf(setting, change).some(({ path }) => path !== KEY);
}

/** Finds the protections that the setting has before the change. */
function protectionsOf({ path, before }: Setting, change: Change): readonly Protection[] {
  const steps = formatPath(path.filter((step) => typeof step === 'string'));
  return PROTECTIONS.filter(
    ({ type, path: pattern, isOn }) => type?.test(change.type) !== false && pattern.test(steps) && isOn(before),
  );
}

/** Resources that protect another resource. Their deletion ends the protection. */
const PROTECTING: Readonly<Record<string, string>> = {
  aws_s3_bucket_versioning: 'stops versioning: overwritten and deleted objects cannot be recovered',
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

function deletedProtection(change: Change, plan: Plan): ReturnType<Check> {
  const consequence = Object.hasOwn(PROTECTING, change.type) ? PROTECTING[change.type] : undefined;
  if (consequence === undefined || (change.action !== 'delete' && !isMoved(change, plan))) return [];
  return plan.index.parent(change, 'before') === 'destroyed' ? [] : [[consequence]];
}

/** Warns of a backup plan that no longer includes a resource. */
function fewerBackups(change: Change): ReturnType<Check> {
  const key = 'resources';
  if (change.type !== 'aws_backup_selection' || !isRewritten(change)) return [];
  const remaining = membersOf(attribute(change.after, key));
  const removed = membersAt(attribute(change.before, key), [key]).filter(({ member }) => !remaining.includes(member));
  return removed.length === 0 || remaining.includes(UNKNOWN)
    ? []
    : [text`no longer makes backups of ${values(removed)}`];
}

/** Warns of another key: whoever controls the key decides who can read the data. */
function otherKey(change: Change, plan: Plan): ReturnType<Check> {
  if (!isRewritten(change)) return [];
  return changedSettings(change)
    .filter(({ path }) => KEY.test(formatPath(path.filter((step) => typeof step === 'string'))))
    .flatMap(({ path, before, after }) => {
      if (typeof before !== 'string' || typeof after !== 'string' || isEmpty(before) || isEmpty(after)) return [];
      const isOutside = after.startsWith('arn:') && plan.ownAccounts.size > 0 && isForeign(after, plan.ownAccounts);
      const whose = isOutside ? 'a key of another account' : 'another key';
      return [text`is encrypted with ${whose}: ${value(after, path)} instead of ${value(before, path)}`];
    });
}

function isEnabled(value: Value | undefined): boolean {
  return value === true || (typeof value === 'string' && /^(enabled|active|true)$/i.test(value));
}

function isOff(value: Value | undefined): boolean {
  return value !== true;
}
