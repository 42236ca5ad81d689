/** Warns of buckets and objects that become accessible to the public or to other accounts. */
import type { Change, Plan, ValuePath } from '../model/plan';
import { attribute, isEmpty, isList, isObject, type Value } from '../model/value';
import { isMoved } from './moved';
import { changedSettings, plainText, settingsIn } from './settings';
import { type Check, join, name, type Part, rule, text, value } from './warning';
import { blocksAt, blocksOf, type Member, membersAt, membersOf } from './lists';

export const publicAccessRule = rule('access', cannedAcl, grants, ownership, accessBlock, sharingBlock);

/** Canned ACLs by how many callers they let in (S3 user guide, "Canned ACL"). */
const CANNED_ACLS: Readonly<Record<string, readonly [rank: number, callers: string]>> = {
  private: [0, 'the owner'],
  'bucket-owner-read': [0, 'the owners'],
  'bucket-owner-full-control': [0, 'the owners'],
  'log-delivery-write': [1, "AWS's log delivery can write"],
  'aws-exec-read': [2, 'EC2 can read machine images'],
  'authenticated-read': [3, 'every AWS account can read'],
  'public-read': [4, 'anyone can read'],
  'public-read-write': [5, 'anyone can read and write'],
};
const UNKNOWN_ACL = [6, 'its meaning is not known'] as const;

function cannedAcl(change: Change, plan: Plan): ReturnType<Check> {
  if (!change.type.startsWith('aws_s3') || change.after === null) return [];
  return (isMoved(change, plan) ? settingsIn(change.after) : changedSettings(change))
    .filter((setting) => setting.name === 'acl' && typeof setting.after === 'string' && setting.after !== '')
    .flatMap(({ path, before, after }) => {
      const [oldRank] = aclOf(typeof before === 'string' ? before : 'private');
      const [newRank, callers] = aclOf(plainText(after));
      const isWider = newRank > oldRank || (newRank === UNKNOWN_ACL[0] && before !== after);
      if (!isWider) return [];
      const instead = isEmpty(before) ? [] : text`, which was ${value(before, path)}`;
      return [text`becomes ${value(after, path)}${instead}: ${callers}`];
    });
}

function aclOf(acl: string): readonly [rank: number, callers: string] {
  return Object.hasOwn(CANNED_ACLS, acl) ? (CANNED_ACLS[acl] ?? UNKNOWN_ACL) : UNKNOWN_ACL;
}

/** AWS's group for server access logs. It lets in no caller. */
const LOG_DELIVERY = 'http://acs.amazonaws.com/groups/s3/LogDelivery';

/** `target_grant` gives access to the logs of a bucket. */
const GRANTS = /^(target_)?grant$/;

function grants(change: Change, plan: Plan): ReturnType<Check> {
  const { type, before, after } = change;
  if (!type.startsWith('aws_s3') || after === null) return [];
  const known = new Set(grantsIn(isMoved(change, plan) ? null : before).map(keyOf));
  const added = grantsIn(after).filter((grant) => !known.has(keyOf(grant)));
  return added.map(
    ({ grantee, permission }) =>
      text`grants ${value(permission.member, permission.path)} to ${value(grantee.member, grantee.path)}`,
  );
}

interface Grant {
  readonly grantee: Member;
  readonly permission: Member;
}

function keyOf({ grantee, permission }: Grant): string {
  return plainText([grantee.member, permission.member]);
}

/** The grants of an ACL to anyone except the owner. */
function grantsIn(side: Value | undefined, path: ValuePath = [], owners: readonly Value[] = []): Grant[] {
  if (isList(side)) return side.flatMap((member, index) => grantsIn(member, [...path, index], owners));
  if (!isObject(side)) return [];
  const own = blocksOf(side, 'owner').flatMap((owner) => membersOf(attribute(owner, 'id')));
  const known = [...owners, ...own];
  return Object.entries(side).flatMap(([key, part]) => {
    if (!GRANTS.test(key)) return typeof part === 'object' ? grantsIn(part, [...path, key], known) : [];
    return blocksAt(side, key, path).flatMap((grant) => grantsOf(grant, known));
  });
}

/** A grant has its grantee in a block (`aws_s3_bucket_acl`) or beside its permissions (`aws_s3_bucket`). */
function grantsOf(grant: Member, owners: readonly Value[]): Grant[] {
  const grantees = [grant, ...blocksAt(grant.member, 'grantee', grant.path)]
    .flatMap((part) => textsAt(part, ['uri', 'id', 'email_address', 'email']))
    .filter(({ member }) => member !== LOG_DELIVERY && !owners.includes(member));
  const permissions = textsAt(grant, ['permission', 'permissions']);
  return grantees.flatMap((grantee) => permissions.map((permission) => ({ grantee, permission })));
}

function textsAt({ member, path }: Member, keys: readonly string[]): readonly Member[] {
  return keys
    .flatMap((key) => membersAt(attribute(member, key), [...path, key]))
    .filter((part) => typeof part.member === 'string');
}

function ownership(change: Change, plan: Plan): ReturnType<Check> {
  if (change.type !== 'aws_s3_bucket_ownership_controls') return [];
  const [setting] = changedSettings(change).filter((candidate) => candidate.name === 'object_ownership');
  if (change.action === 'create') {
    // ACLs of a new bucket cause their own warnings.
    const opensBucket = plan.index.parent(change) !== 'new' && setting?.after !== 'BucketOwnerEnforced';
    return opensBucket ? [text`lets ACLs grant access: ${value(setting?.after, setting?.path ?? [])}`] : [];
  }
  if (setting?.before !== 'BucketOwnerEnforced' || setting.after === 'BucketOwnerEnforced') return [];
  if (change.action === 'delete' && plan.index.parent(change) === 'destroyed') return [];
  return [text`lets ACLs grant access: ${name('BucketOwnerEnforced')} ends`];
}

const BLOCKS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];

/** Checks the four settings of a bucket, an account or an access point. Their default is off. */
function accessBlock(change: Change, plan: Plan): ReturnType<Check> {
  const { type, action, before, after } = change;
  if (!/^aws_s3.*public_access_block$/.test(type)) {
    if (!type.startsWith('aws_s3') || after === null) return [];
    const off = changedSettings(change).filter(
      (setting) => BLOCKS.includes(setting.name) && setting.after === false && setting.before !== false,
    );
    return blockTexts(off.map((setting) => setting.name));
  }
  if (action === 'delete' || isMoved(change, plan)) {
    return plan.index.parent(change, 'before') === 'destroyed' ? [] : [['is deleted: the bucket can be made public']];
  }
  if (after === null || action === 'none') return [];
  const isOff = (block: string) => attribute(after, block) === false || isEmpty(attribute(after, block));
  const wasOn = (block: string) => action === 'create' || attribute(before, block) === true;
  return blockTexts(BLOCKS.filter((block) => isOff(block) && wasOn(block)));
}

function blockTexts(off: readonly string[]): readonly (readonly Part[])[] {
  return off.length === 0 ? [] : [text`no longer blocks public access: ${join(off.map(name))}`];
}

/** Settings of an account and region that block public access to snapshots, images, clusters and networks. */
const BLOCKED: Readonly<Record<string, readonly [name: string, isBlocked: (value: Value | undefined) => boolean]>> = {
  aws_ebs_snapshot_block_public_access: ['state', startsWithBlock],
  aws_ec2_image_block_public_access: ['state', startsWithBlock],
  aws_vpc_block_public_access_options: ['internet_gateway_block_mode', startsWithBlock],
  aws_emr_block_public_access_configuration: ['block_public_security_group_rules', (value) => value === true],
};

function startsWithBlock(value: Value | undefined): boolean {
  return typeof value === 'string' && value.startsWith('block-');
}

function sharingBlock({ type, action, before, after }: Change): ReturnType<Check> {
  const [setting = '', isBlocked] = (Object.hasOwn(BLOCKED, type) ? BLOCKED[type] : undefined) ?? [];
  if (!isBlocked?.(attribute(before, setting))) return [];
  return action === 'delete' || !isBlocked(attribute(after, setting)) ? [['no longer blocks public access']] : [];
}
