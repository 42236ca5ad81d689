/** Warns of identities that lose their limits, and of resources that use another role. */
import type { Change, Plan } from '../model/plan';
import { attribute, isEmpty, isSame, UNKNOWN, type Value } from '../model/value';
import { getsNewName } from './references';
import { changedSettings, isConfigured, isRewritten, type Setting } from './settings';
import { type Check, type Part, rule, text, value } from './warning';

export const roleLimitsRule = rule('access', boundary, otherRole);

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
const ROLES = /^(role|role_arn|(execution|task|service|job|iam)_role(_arn)?|iam_instance_profile|credentials(_arn)?)$/;

function otherRole(change: Change, plan: Plan): ReturnType<Check> {
  if (!isRewritten(change) || /^aws_iam_|^aws_rolesanywhere_/.test(change.type)) return [];
  const isOther = (setting: Setting) => {
    if (setting.after !== UNKNOWN) return typeof setting.after === 'string' && setting.after !== '';
    return isConfigured(setting.path, change, plan) && !getsNewName(setting, change, plan);
  };
  return changedSettings(change)
    .filter(({ name: last, before }) => ROLES.test(last) && typeof before === 'string' && before !== '')
    .filter(isOther)
    .map(({ path, before, after }) => text`uses another role: ${value(after, path)} instead of ${value(before, path)}`);
}
