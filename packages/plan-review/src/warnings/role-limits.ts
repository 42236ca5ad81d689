/** Warns of identities that lose their limits, and of resources that use another role. */
import { formatPath } from '../model/path';
import { type Change, configurationAddress, type Plan } from '../model/plan';
import { attribute, isEmpty, isList, isSame, UNKNOWN, type Value } from '../model/value';
import { getsNewName } from './references';
import { membersAt, membersOf } from './lists';
import { changedSettings, isConfigured, isRewritten, isWritten, type Setting } from './settings';
import { type Check, type Part, rule, text, value, values } from './warning';

export const roleLimitsRule = rule('access', boundary, otherRole, outsideRole);

function boundary(change: Change): ReturnType<Check> {
  const { type, action, before, after } = change;
  if (type === 'aws_ssoadmin_permissions_boundary_attachment') {
    return action === 'delete' ? [['is deleted: the permission set has no permissions boundary']] : [];
  }
  if (type === 'aws_organizations_policy_attachment') {
    if (action === 'delete') return [['is deleted: the policy no longer limits the account']];
    const isMoved = ['target_id', 'policy_id'].some((key) => !isSame(attribute(before, key), attribute(after, key)));
    return isRewritten(change) && isMoved
      ? [['is replaced: the old policy no longer limits the old account or unit']]
      : [];
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
const ROLES = /(^|_)roles?(_arns?)?$|^(\w+_)?credentials(_arn)?$/;
/** An instance profile, by its name or ARN. It can be a block. */
const PROFILE = /(^|\.)(\w+_)?instance_profile(_arn|_name)?(\.(arn|name))?$/;
/** Roles with which AWS only writes logs, metrics or feedback. */
const REPORTING = /(feedback|monitoring|log(s|ging)?)_(\w+_)?role|^cloudwatch_role/;
/** Resources whose roles cause other warnings: identities, and trust. */
const CHECKED_ELSEWHERE =
  /^aws_(iam|rolesanywhere|grafana|quicksight|transfer_user|eks_pod|cognito_identity_pool_roles)/;

function namesRole(setting: Setting): boolean {
  return (ROLES.test(setting.name) || namesProfile(setting)) && !REPORTING.test(setting.name);
}

function namesProfile({ path }: Setting): boolean {
  return PROFILE.test(formatPath(path.filter((step) => typeof step === 'string')));
}

function otherRole(change: Change, plan: Plan): ReturnType<Check> {
  if (!isRewritten(change) || CHECKED_ELSEWHERE.test(change.type)) return [];
  return changedSettings(change)
    .filter(namesRole)
    .flatMap((setting) => {
      const { path, before, after } = setting;
      if (isList(before) || isList(after)) return addedRoles(setting);
      const isOther =
        after === UNKNOWN
          ? isConfigured(path, change, plan) && !getsNewName(setting, change, plan)
          : typeof after === 'string' && after !== '';
      if (!isOther || typeof before !== 'string' || before === '') return [];
      return [text`uses another role: ${value(after, path)} instead of ${value(before, path)}`];
    });
}

function addedRoles({ path, before, after }: Setting): ReturnType<Check> {
  const known = membersOf(before);
  const added = membersAt(after, path).filter(({ member }) => typeof member === 'string' && !known.includes(member));
  return added.length === 0 ? [] : [text`uses more roles: ${values(added)}`];
}

/** Warns of a role that a resource did not use before, and that the stack does not contain, such as an administrator's role. */
function outsideRole(change: Change, plan: Plan): ReturnType<Check> {
  if (!isWritten(change) || CHECKED_ELSEWHERE.test(change.type)) return [];
  if (plan.references[configurationAddress(change.address)] === undefined) return [];
  return (
    changedSettings(change)
      .filter((setting) => namesRole(setting) && isEmpty(setting.before))
      // otherRole warns of more roles in a list of an existing resource.
      .filter(({ after }) => !(isList(after) && isRewritten(change)))
      .flatMap((setting) =>
        membersAt(setting.after, setting.path).filter(
          ({ member }) =>
            typeof member === 'string' &&
            !plan.stackRoles.has(member) &&
            (namesProfile(setting) || ROLE_ARN.test(member)),
        ),
      )
      .map(({ member, path }) => text`runs with a role that this stack does not contain: ${value(member, path)}`)
  );
}

/** The ARN of a role that is not a role of AWS, such as a service-linked role. */
const ROLE_ARN = /^arn:[\w-]+:iam::\d{12}:(role|instance-profile)\/(?!aws-service-role\/)/;
