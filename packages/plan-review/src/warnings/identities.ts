/** Warns of new identities, of who may use a role, key or snapshot, and of lost permissions boundaries. */
import type { Change, Plan, ValuePath } from '../model/plan';
import { attribute, isEmpty, isSame, UNKNOWN, type Value } from '../model/value';
import { refersToNew } from './references';
import { changedSettings, isRewritten, isWritten } from './settings';
import { type Check, join, name, type Part, rule, text, value, values } from './warning';
import { type Member, membersAt } from './lists';

export const identitiesRule = rule('access', newIdentity, sharedMembers, boundary, otherRole);

/** Resources whose creation gives somebody access, and the attributes that say to whom or to what. */
const IDENTITIES: Readonly<Record<string, readonly [text: string, ...attributes: string[]]>> = {
  aws_iam_user: ['is a new user', 'name'],
  aws_iam_access_key: ['is a new access key of the user', 'user'],
  aws_iam_service_specific_credential: ['is a new credential of the user', 'user_name', 'service_name'],
  aws_iam_user_login_profile: ['lets the user log in with a password', 'user'],
  aws_iam_user_ssh_key: ['is a new SSH key of the user', 'username'],
  aws_iam_signing_certificate: ['is a new certificate of the user', 'user_name'],
  aws_iam_openid_connect_provider: ['trusts the tokens of', 'url', 'client_id_list'],
  aws_iam_saml_provider: ['trusts the assertions of', 'name'],
  aws_iam_instance_profile: ['lets EC2 instances use the role', 'role'],
  aws_rolesanywhere_trust_anchor: ['trusts the certificates of', 'name'],
  aws_rolesanywhere_profile: ['lets holders of certificates use the roles', 'role_arns'],
  aws_kms_grant: ['grants use of the key to', 'grantee_principal', 'operations'],
  aws_ram_principal_association: ['shares resources with', 'principal'],
  aws_ram_resource_association: ['shares', 'resource_arn'],
  aws_ssoadmin_account_assignment: ['gives access to the account', 'target_id', 'principal_id', 'permission_set_arn'],
  aws_identitystore_group_membership: ['adds a member to a group:', 'member_id', 'group_id'],
  aws_eks_access_entry: ['gives access to the cluster to', 'principal_arn', 'kubernetes_groups'],
  aws_eks_access_policy_association: ['gives permissions in the cluster to', 'principal_arn', 'policy_arn'],
  aws_lakeformation_permissions: ['gives permissions on data to', 'principal', 'permissions'],
  aws_cognito_identity_pool_roles_attachment: ['gives users of the identity pool the roles', 'roles'],
  aws_cloudwatch_event_permission: ['gives access to the event bus to', 'principal', 'action'],
  aws_lambda_layer_version_permission: ['shares the layer with', 'principal', 'organization_id'],
  aws_snapshot_create_volume_permission: ['shares the snapshot with', 'account_id'],
  aws_ami_launch_permission: ['shares the machine image with', 'account_id', 'group', 'organization_arn'],
  aws_vpc_endpoint_service_allowed_principal: ['gives access to the endpoint service to', 'principal_arn'],
  aws_redshift_endpoint_authorization: ['gives access to the cluster to', 'account'],
  aws_quicksight_user: ['is a new user', 'email', 'user_role'],
  aws_transfer_user: ['is a new user', 'user_name', 'role'],
  aws_transfer_ssh_key: ['is a new SSH key of the user', 'user_name'],
};

function newIdentity(change: Change, plan: Plan): ReturnType<Check> {
  const { type, action, before, after } = change;
  const identity = Object.hasOwn(IDENTITIES, type) ? IDENTITIES[type] : undefined;
  if (!identity || after === null || !isWritten(change)) return [];
  // The role of a new instance profile is usually new too, and causes its own warnings.
  if (type === 'aws_iam_instance_profile' && refersToNew(change, 'role', plan)) return [];
  const [start, ...keys] = identity;
  const changed = keys.filter((key) => !isSame(attribute(before, key), attribute(after, key)));
  // authorizers.ts warns of the audiences of a changed provider.
  if (action !== 'create' && (changed.length === 0 || type.endsWith('_provider'))) return [];
  const shown = keys.filter((key) => !isEmpty(attribute(after, key))).map((key) => value(attribute(after, key), [key]));
  return [text`${start}${shown.length > 0 ? ' ' : ''}${join(shown)}`];
}

/** Lists of accounts, groups or principals that get access, on any resource. */
const SHARED = /^(shared_accounts|allowed_principals|account_ids|allow_external_principals)$/;
const MEMBERSHIPS: Readonly<Record<string, string>> = {
  aws_iam_user_group_membership: 'groups',
  aws_iam_group_membership: 'users',
};

function sharedMembers(change: Change): ReturnType<Check> {
  const { type, action, after } = change;
  if (after === null || !isWritten(change)) return [];
  return changedSettings(change)
    .filter((setting) => SHARED.test(setting.name) || MEMBERSHIPS[type] === setting.name)
    .filter((setting) => !(setting.after === UNKNOWN && action !== 'change'))
    .flatMap(({ path, name: last, before, after: members }) => {
      const known = granteesAt(before, path);
      const added = granteesAt(members, path).filter(({ member }) => !known.some((old) => isSame(old.member, member)));
      return added.length === 0 ? [] : [text`adds ${values(added)} to ${name(last)}`];
    });
}

function boundary(change: Change): ReturnType<Check> {
  const { type, action, before, after } = change;
  if (type === 'aws_ssoadmin_permissions_boundary_attachment') {
    return action === 'delete' ? [['is deleted: the permission set has no permissions boundary']] : [];
  }
  if (type === 'aws_organizations_policy_attachment') {
    return action === 'delete' ? [['is deleted: the policy no longer limits the account']] : [];
  }
  if (!isRewritten(change)) return [];
  const [oldArn, newArn] = [attribute(before, 'permissions_boundary'), attribute(after, 'permissions_boundary')];
  if (isEmpty(oldArn) || isSame(oldArn, newArn)) return [];
  return isEmpty(newArn)
    ? [['loses its permissions boundary']]
    : [text`gets another permissions boundary: ${valueOf(after)} instead of ${valueOf(before)}`];
}

function valueOf(side: Value): Part {
  return value(attribute(side, 'permissions_boundary'), ['permissions_boundary']);
}

/** Attributes that name the role of a function, task or service. */
const ROLES = /^(role|role_arn|(execution|task|service|job|iam)_role(_arn)?|iam_instance_profile|credentials(_arn)?)$/;

function otherRole(change: Change): ReturnType<Check> {
  if (!isRewritten(change) || /^aws_iam_|^aws_rolesanywhere_/.test(change.type)) return [];
  return changedSettings(change)
    .filter(
      ({ name: last, before, after }) =>
        ROLES.test(last) && typeof before === 'string' && before !== '' && typeof after === 'string',
    )
    .filter(({ before, after }) => after !== '' && before !== after)
    .map(({ path, before, after }) => text`uses another role: ${value(after, path)} instead of ${value(before, path)}`);
}

/** Lists the accounts or principals that get access. A switch that is on counts as one member. */
function granteesAt(members: Value | undefined, path: ValuePath): readonly Member[] {
  return members === false ? [] : membersAt(members, path);
}
