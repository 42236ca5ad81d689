/** What lets in more callers: permissions of functions, routes and methods, function URLs, public buckets. */
import type { Change, Plan } from '../model';
import { code } from '../text';
import { attribute, isEmpty, isList, type Value } from '../value';
import { attachedToOld, parentGone } from './attached';
import type { Finding, Rule } from './finding';

/** Looks at a change of one type; a clause for each thing that it finds. */
type Look = (change: Change, plan: Plan) => readonly string[];

const LOOKS: Readonly<Record<string, Look>> = {
  aws_lambda_permission: permission,
  aws_lambda_function_url: functionUrl,
  aws_apigatewayv2_route: route,
  aws_api_gateway_method: route,
  aws_s3_bucket_public_access_block: publicAccessBlock,
  aws_s3_account_public_access_block: publicAccessBlock,
  aws_iam_role_policy_attachment: attachment,
  aws_iam_user_policy_attachment: attachment,
  aws_iam_group_policy_attachment: attachment,
  aws_iam_openid_connect_provider: ({ before, after, action }) =>
    action === 'change' ? gained(before, after, 'client_id_list', 'accepts tokens for more audiences:') : [],
  aws_iam_role: ({ before, after, action }) => [
    ...(action === 'change' ? gained(before, after, 'managed_policy_arns', 'gets more managed policies:') : []),
    ...(action === 'change' &&
    !isEmpty(attribute(before, 'permissions_boundary')) &&
    isEmpty(attribute(after, 'permissions_boundary'))
      ? ['loses its permissions boundary']
      : []),
  ],
};

export const access: Rule = (change, plan) =>
  (LOOKS[change.type]?.(change, plan) ?? []).map((text): Finding => ({
    kind: 'access',
    address: change.address,
    text,
  }));

/** Sources: who may invoke (principal), on behalf of what (ARN, account, organization), with which token. */
const LIMITS = ['source_arn', 'source_account', 'principal_org_id', 'event_source_token', 'function_url_auth_type'];

function permission(change: Change, plan: Plan): string[] {
  const { action, before, after } = change;
  const principal = attribute(after, 'principal');
  if (action === 'create') {
    if (isEmpty(attribute(after, 'source_arn')) && isEmpty(attribute(after, 'source_account'))) {
      return [`lets ${shown(principal)} invoke the function, with no \`source_arn\`: on behalf of any account`];
    }
    if (!attachedToOld(change, plan)) return [];
    return [
      `lets another source invoke a function that is there already: ${shown(principal)}, ${shown(attribute(after, 'source_arn'))}`,
    ];
  }
  if (action !== 'change' && action !== 'replace') return [];
  const texts = LIMITS.filter((name) => !isEmpty(attribute(before, name)) && isEmpty(attribute(after, name))).map(
    (name) => `loses its limit ${code(name)}, which was ${shown(attribute(before, name))}`,
  );
  for (const name of ['principal', 'action', 'source_arn', 'source_account', 'principal_org_id']) {
    const [old, now] = [attribute(before, name), attribute(after, name)];
    if (isEmpty(now) || isEmpty(old) || typeof now !== 'string' || old === now || within(now, old)) continue;
    texts.push(`lets in another ${code(name)}: ${shown(now)}, and not ${shown(old)} as before`);
  }
  return texts;
}

/** Whether an ARN is among those that an ARN with `*` stood for. */
function within(value: string, pattern: Value | undefined): boolean {
  if (typeof pattern !== 'string') return false;
  const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${expression}$`, 's').test(value);
}

function functionUrl({ action, before, after }: Change): string[] {
  const opened =
    attribute(after, 'authorization_type') === 'NONE' && attribute(before, 'authorization_type') !== 'NONE';
  return opened && action !== 'delete' ? ['has `authorization_type` NONE: anybody can invoke the function'] : [];
}

/** A route of an HTTP API, or a method of a REST API, which name the same things differently. */
function route(change: Change, plan: Plan): string[] {
  const { action, before, after } = change;
  const kind = (value: Value) => attribute(value, 'authorization_type') ?? attribute(value, 'authorization');
  const none = (value: Value) => kind(value) === 'NONE' || isEmpty(kind(value));
  if (action === 'create') {
    const keyed = attribute(after, 'api_key_required') === true;
    return attachedToOld(change, plan) && none(after) && !keyed
      ? ['is a new route of an API that is there already, open to anybody']
      : [];
  }
  if (action !== 'change' && action !== 'replace') return [];
  const texts: string[] = [];
  if (attribute(before, 'api_key_required') === true && attribute(after, 'api_key_required') !== true) {
    texts.push('no longer wants an API key');
  }
  if (!none(before) && none(after)) texts.push(`no longer authorizes its callers: ${shown(kind(before))} becomes NONE`);
  else if (!isEmpty(attribute(before, 'authorizer_id')) && isEmpty(attribute(after, 'authorizer_id')))
    texts.push('loses its authorizer');
  const lost = gained(after, before, 'authorization_scopes', 'no longer wants the scopes');
  return [...texts, ...lost];
}

const BLOCKS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];

function publicAccessBlock(change: Change, plan: Plan): string[] {
  if (change.action === 'delete') return parentGone(change, plan) ? [] : ['is deleted: the bucket can be made public'];
  if (change.action !== 'change' && change.action !== 'replace') return [];
  const off = BLOCKS.filter(
    (name) => attribute(change.before, name) === true && attribute(change.after, name) === false,
  );
  return off.length === 0 ? [] : [`no longer blocks public access: ${off.map(code).join(', ')}`];
}

/** Managed policies that are good for anything. */
const ADMINISTRATIVE = /\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

function attachment(change: Change, plan: Plan): string[] {
  if (change.action !== 'create' && change.action !== 'replace') return [];
  const policy = attribute(change.after, 'policy_arn');
  const administrative = typeof policy === 'string' && ADMINISTRATIVE.test(policy);
  return administrative || attachedToOld(change, plan) ? [`attaches the managed policy ${shown(policy)}`] : [];
}

function gained(before: Value, after: Value, name: string, text: string): string[] {
  const [old, now] = [attribute(before, name), attribute(after, name)];
  if (!isList(now)) return [];
  const added = now.filter((value) => !isList(old) || !old.includes(value));
  return added.length === 0 ? [] : [`${text} ${added.map(shown).join(', ')}`];
}

function shown(value: Value | undefined): string {
  return typeof value === 'string' ? code(value) : '(known after apply)';
}
