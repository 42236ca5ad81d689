/** Warns of new resources that switch off a protection of an existing resource or account. */
import type { Change, Plan } from '../model/plan';
import { attribute, isList, type Value } from '../model/value';
import { refersToNew } from './references';
import { type Check, rule } from './warning';

/** Resources that only set a switch of another resource, or of the account. */
const SWITCHES: Readonly<
  Record<
    string,
    { readonly path: readonly string[]; readonly off: Value; readonly owner?: string; readonly text: string }
  >
> = {
  aws_s3_bucket_versioning: {
    path: ['versioning_configuration', 'status'],
    off: 'Suspended',
    text: 'suspends versioning: overwritten and deleted objects cannot be recovered',
  },
  aws_efs_backup_policy: {
    path: ['backup_policy', 'status'],
    off: 'DISABLED',
    owner: 'file_system_id',
    text: 'has no automatic backups',
  },
  aws_ebs_encryption_by_default: { path: ['enabled'], off: false, text: 'does not encrypt new volumes' },
  aws_ebs_snapshot_block_public_access: { path: ['state'], off: 'unblocked', text: 'does not block public access' },
  aws_ec2_image_block_public_access: { path: ['state'], off: 'unblocked', text: 'does not block public access' },
  aws_vpc_block_public_access_options: {
    path: ['internet_gateway_block_mode'],
    off: 'off',
    text: 'does not block public access',
  },
  aws_emr_block_public_access_configuration: {
    path: ['block_public_security_group_rules'],
    off: false,
    text: 'does not block public access',
  },
};

export const newSwitchesRule = rule('protection', (change, plan): ReturnType<Check> => {
  const found = Object.hasOwn(SWITCHES, change.type) ? SWITCHES[change.type] : undefined;
  if (!found || change.action !== 'create' || isOfNew(change, found.owner, plan)) return [];
  const setting = found.path.reduce<Value | undefined>(
    (side, name) => attribute(isList(side) ? side[0] : side, name),
    change.after,
  );
  return setting === found.off ? [[found.text]] : [];
});

/** Whether the switch belongs to a resource that the plan creates. */
function isOfNew(change: Change, owner: string | undefined, plan: Plan): boolean {
  if (owner !== undefined) return refersToNew(change, owner, plan);
  return change.type === 'aws_s3_bucket_versioning' && plan.index.parent(change) === 'new';
}
