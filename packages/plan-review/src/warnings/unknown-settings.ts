/** Warns of settings that decide about access or data, and whose new value is known only after the apply. */
import { formatPath } from '../model/path';
import type { Change, Plan } from '../model/plan';
import { isEmpty } from '../model/value';
import { isAuthorizerSetting } from './authorizers';
import { isCallerLimit } from './invoke';
import { isNetworkSetting } from './network';
import { isKey, isProtected } from './protection';
import { isTime } from './retention';
import { getsNewName, refersToNew } from './references';
import { isOpenedByName } from './opened-settings';
import { changedSettings, hasUnknown, isConfigured, isRewritten, type Setting } from './settings';
import { LIMITS } from './throttles';
import { isDocument } from './unread-documents';
import { join, name, rule, text } from './warning';

/** More settings that decide who gets access, on any resource, by the name of the attribute. */
const ACCESS =
  /^(acl|api_key_required|authorization(_scopes)?|authorization_type|function_url_auth_type|object_ownership|block_public_(acls|policy)|ignore_public_acls|restrict_public_buckets|allow_(origins|credentials)|allowed_origins|internal)$/;
/** Blocks that decide who gets access, if a whole block is unknown. */
const ACCESS_BLOCKS = /^(ingress|cors_(configuration|rule))$/;
/** Blocks in which every setting decides who gets access. */
const GRANTS = /^((target_)?grant|access_control_policy)$/;
/** Settings that delete data, by their path without indexes. */
const DELETING: readonly { readonly type: RegExp; readonly path: RegExp }[] = [
  {
    type: /^aws_s3(control)?_bucket(_lifecycle_configuration)?$/,
    path: /^(lifecycle_)?rule($|\.(status|enabled|prefix|filter|(noncurrent_version_)?expiration($|\.)))/,
  },
  { type: /^aws_/, path: /^ttl($|\.(enabled|status|attribute_name)$)/ },
  { type: /^aws_ecr(public)?_lifecycle_policy$/, path: /^policy$/ },
];

export const unknownSettingsRule = rule('hidden', (change, plan) => {
  if (!isRewritten(change) && !isPartOfExisting(change, plan)) return [];
  const unknown = changedSettings(change)
    .filter((setting) => hasUnknown(setting.after) && !hasUnknown(setting.before) && isGuarded(setting, change, plan))
    .filter(({ path }) => isConfigured(path, change, plan))
    .map(({ path }) => formatPath(path));
  return unknown.length === 0
    ? []
    : [text`sets values that are known only after the apply: ${join(unknown.map(name))}. Check them in the code`];
});

/** Whether the plan adds a resource to an existing one, such as a route to an API, or a URL to a function. */
function isPartOfExisting(change: Change, plan: Plan): boolean {
  if (change.action !== 'create') return false;
  if (/_security_group_(ingress_)?rule$/.test(change.type)) return !refersToNew(change, 'security_group_id', plan);
  return plan.index.parent(change) !== 'new' || change.type === 'aws_lambda_function_url';
}

/** Whether a setting decides about access or data. */
function isGuarded(setting: Setting, change: Change, plan: Plan): boolean {
  const { name: last, before } = setting;
  if (isDocument(setting, change) || isDeleting(setting, change)) return true;
  if (ACCESS_BLOCKS.test(last) || setting.path.some((step) => GRANTS.test(String(step)))) return true;
  if (ACCESS.test(last) || isOpenedByName(last) || LIMITS.test(last) || isNetworkSetting(setting, change)) return true;
  if (isEmpty(before)) return false;
  if (isAuthorizerSetting(setting, change) || isCallerLimit(setting, change) || isKey(setting))
    return !getsNewName(setting, change, plan);
  return isProtected(setting, change) || isTime(setting);
}

function isDeleting({ path }: Setting, change: Change): boolean {
  const steps = formatPath(path.filter((step) => typeof step === 'string'));
  return DELETING.some(({ type, path: pattern }) => type.test(change.type) && pattern.test(steps));
}
