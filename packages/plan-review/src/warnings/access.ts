/** Warns of wider access: function permissions and URLs, routes, public buckets, roles. policies.ts checks policies. */
import type { Change, Plan } from '../model/plan';
import { attribute, isEmpty, isList, type Value } from '../model/value';
import { inlineCode } from '../escape';
import { coversPattern } from '../wildcard';
import { isParentDestroyed, parentExists } from './parent';
import type { Rule } from './warning';

/** Checks a change of one resource type. @returns the texts of its warnings */
type Check = (change: Change, plan: Plan) => readonly string[];

const CHECKS: Readonly<Record<string, Check>> = {
  aws_lambda_permission: checkPermission,
  aws_lambda_function_url: checkFunctionUrl,
  aws_apigatewayv2_route: checkRoute,
  aws_api_gateway_method: checkRoute,
  aws_s3_bucket_public_access_block: checkPublicAccessBlock,
  aws_s3_account_public_access_block: checkPublicAccessBlock,
  aws_iam_role_policy_attachment: checkPolicyAttachment,
  aws_iam_user_policy_attachment: checkPolicyAttachment,
  aws_iam_group_policy_attachment: checkPolicyAttachment,
  aws_iam_openid_connect_provider: checkIdentityProvider,
  aws_iam_role: checkRole,
};

export const accessRule: Rule = (change, plan) =>
  (CHECKS[change.type]?.(change, plan) ?? []).map((text) => ({
    kind: 'access',
    address: change.address,
    text: [text],
  }));

/** Attributes that limit who may invoke a function. */
const CALLER_LIMITS = [
  'source_arn',
  'source_account',
  'principal_org_id',
  'event_source_token',
  'function_url_auth_type',
];

function checkPermission(change: Change, plan: Plan): string[] {
  const { action, before, after } = change;
  if (action === 'create') {
    const principal = showValue(attribute(after, 'principal'));
    if (isEmpty(attribute(after, 'source_arn')) && isEmpty(attribute(after, 'source_account'))) {
      return [`lets ${principal} invoke the function without \`source_arn\`: on behalf of any account`];
    }
    if (!parentExists(change, plan)) return [];
    return [
      `lets another source invoke an existing function: ${principal}, ${showValue(attribute(after, 'source_arn'))}`,
    ];
  }
  if (action !== 'change' && action !== 'replace') return [];
  const lostLimits = CALLER_LIMITS.filter(
    (name) => !isEmpty(attribute(before, name)) && isEmpty(attribute(after, name)),
  );
  const texts = lostLimits.map(
    (name) => `loses its limit ${inlineCode(name)}, which was ${showValue(attribute(before, name))}`,
  );
  for (const name of ['principal', 'action', 'source_arn', 'source_account', 'principal_org_id']) {
    const [oldValue, newValue] = [attribute(before, name), attribute(after, name)];
    if (isEmpty(newValue) || isEmpty(oldValue) || typeof newValue !== 'string') continue;
    if (oldValue === newValue || (typeof oldValue === 'string' && coversPattern(oldValue, newValue))) continue;
    texts.push(`lets in another ${inlineCode(name)}: ${showValue(newValue)} instead of ${showValue(oldValue)}`);
  }
  return texts;
}

function checkFunctionUrl({ action, before, after }: Change): string[] {
  const isOpened =
    attribute(after, 'authorization_type') === 'NONE' && attribute(before, 'authorization_type') !== 'NONE';
  return isOpened && action !== 'delete' ? ['has `authorization_type` NONE: anyone can invoke the function'] : [];
}

/** Checks a route of an HTTP API or a method of a REST API. They have different attributes for authorization. */
function checkRoute(change: Change, plan: Plan): string[] {
  const { action, before, after } = change;
  const authorization = (value: Value) => attribute(value, 'authorization_type') ?? attribute(value, 'authorization');
  const isOpen = (value: Value) => authorization(value) === 'NONE' || isEmpty(authorization(value));
  const requiresKey = (value: Value) => attribute(value, 'api_key_required') === true;
  if (action === 'create') {
    return parentExists(change, plan) && isOpen(after) && !requiresKey(after)
      ? ['is a new route of an existing API, open to anyone']
      : [];
  }
  if (action !== 'change' && action !== 'replace') return [];
  const texts: string[] = [];
  if (requiresKey(before) && !requiresKey(after)) texts.push('no longer requires an API key');
  if (!isOpen(before) && isOpen(after)) {
    texts.push(`no longer authorizes callers: ${showValue(authorization(before))} becomes NONE`);
  } else if (!isEmpty(attribute(before, 'authorizer_id')) && isEmpty(attribute(after, 'authorizer_id'))) {
    texts.push('loses its authorizer');
  }
  // `after` and `before` are swapped, to list the removed scopes.
  return [...texts, ...addedMembers(after, before, 'authorization_scopes', 'no longer requires the scopes')];
}

const BLOCKS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];

function checkPublicAccessBlock(change: Change, plan: Plan): string[] {
  const { action, before, after } = change;
  if (action === 'delete') {
    return isParentDestroyed(change, plan) ? [] : ['is deleted: the bucket can be made public'];
  }
  if (action !== 'change' && action !== 'replace') return [];
  const switchedOff = BLOCKS.filter((name) => attribute(before, name) === true && attribute(after, name) === false);
  return switchedOff.length === 0 ? [] : [`no longer blocks public access: ${switchedOff.map(inlineCode).join(', ')}`];
}

/** Managed policies that allow almost anything. */
const ADMINISTRATIVE = /\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

function checkPolicyAttachment(change: Change, plan: Plan): string[] {
  if (change.action !== 'create' && change.action !== 'replace') return [];
  const policy = attribute(change.after, 'policy_arn');
  const isAdministrative = typeof policy === 'string' && ADMINISTRATIVE.test(policy);
  return isAdministrative || parentExists(change, plan) ? [`attaches the managed policy ${showValue(policy)}`] : [];
}

function checkIdentityProvider({ action, before, after }: Change): string[] {
  return action === 'change' ? addedMembers(before, after, 'client_id_list', 'accepts tokens for more audiences:') : [];
}

function checkRole({ action, before, after }: Change): string[] {
  if (action !== 'change') return [];
  const losesBoundary =
    !isEmpty(attribute(before, 'permissions_boundary')) && isEmpty(attribute(after, 'permissions_boundary'));
  return [
    ...addedMembers(before, after, 'managed_policy_arns', 'gets more managed policies:'),
    ...(losesBoundary ? ['loses its permissions boundary'] : []),
  ];
}

/** Returns `text` with the members that only `after` has, or an empty list if there are no such members. */
function addedMembers(before: Value, after: Value, name: string, text: string): string[] {
  const [oldMembers, newMembers] = [attribute(before, name), attribute(after, name)];
  if (!isList(newMembers)) return [];
  const added = newMembers.filter((value) => !isList(oldMembers) || !oldMembers.includes(value));
  return added.length === 0 ? [] : [`${text} ${added.map(showValue).join(', ')}`];
}

function showValue(value: Value | undefined): string {
  return typeof value === 'string' ? inlineCode(value) : '(known after apply)';
}
