/** Warns of callers that may invoke a function: permissions and URLs. */
import type { Change, Plan } from '../model/plan';
import { attribute, isEmpty, type Value } from '../model/value';
import { isForeign, isOwnSource } from '../policy/principals';
import { coversPattern } from '../wildcard';
import { isMoved } from './moved';
import { type Check, join, name, type Part, rule, text, value } from './warning';
import { isRewritten, type Setting } from './settings';

export const invokeRule = rule('access', permission, functionUrl);

/** Attributes that limit who may invoke a function. */
const CALLER_LIMITS = [
  'source_arn',
  'source_account',
  'principal_org_id',
  'event_source_token',
  'function_url_auth_type',
];

/** Whether a setting decides who may invoke a function. */
export function isCallerLimit({ name: last }: Setting, { type }: Change): boolean {
  return type === 'aws_lambda_permission' && (CALLER_LIMITS.includes(last) || last === 'principal');
}

function permission(change: Change, plan: Plan): ReturnType<Check> {
  if (change.type !== 'aws_lambda_permission') return [];
  if (change.action === 'create' || isMoved(change, plan)) return newPermission(change, plan);
  return isRewritten(change) ? changedPermission(change) : [];
}

function newPermission(change: Change, plan: Plan): readonly (readonly Part[])[] {
  const { after } = change;
  const limits = ['source_arn', 'source_account', 'principal_org_id'].filter((key) => !isEmpty(attribute(after, key)));
  const caller = valueOf(after, 'principal');
  if (isForeignPrincipal(attribute(after, 'principal'), plan)) {
    const rest = limits.flatMap((key) => text`, limited by ${name(key)} ${valueOf(after, key)}`);
    return [text`lets ${caller}, outside of your accounts, invoke the function${rest}`];
  }
  const isLimited = limits.some((key) => isOwnSource(attribute(after, key) ?? null, plan.ownAccounts));
  if (limits.length > 0 && !isLimited && isService(attribute(after, 'principal'))) {
    const sources = join(limits.map((key) => text`${name(key)} ${valueOf(after, key)}`));
    return [text`lets ${caller} invoke the function on behalf of sources outside of your accounts: ${sources}`];
  }
  if (limits.length === 0 && isService(attribute(after, 'principal'))) {
    return [text`lets ${caller} invoke the function without ${name('source_arn')}: on behalf of any account`];
  }
  if (plan.index.parent(change) === 'new') return [];
  return [text`lets another source invoke an existing function: ${caller}, ${valueOf(after, 'source_arn')}`];
}

function changedPermission({ before, after }: Change): readonly (readonly Part[])[] {
  const lost = CALLER_LIMITS.filter((key) => !isEmpty(attribute(before, key)) && isEmpty(attribute(after, key)));
  const changed = ['principal', 'action', 'source_arn', 'source_account', 'principal_org_id'].filter((key) => {
    const [oldValue, newValue] = [attribute(before, key), attribute(after, key)];
    if (typeof oldValue !== 'string' || typeof newValue !== 'string' || newValue === '' || oldValue === '')
      return false;
    return !coversPattern(oldValue, newValue);
  });
  const opened =
    attribute(after, 'function_url_auth_type') === 'NONE' && attribute(before, 'function_url_auth_type') !== 'NONE';
  return [
    ...lost.map((key) => text`loses its limit ${name(key)}, which was ${valueOf(before, key)}`),
    ...changed.map((key) => text`has another ${name(key)}: ${valueOf(after, key)} instead of ${valueOf(before, key)}`),
    ...(opened ? [text`lets anyone invoke the function URL: ${name('function_url_auth_type')} becomes NONE`] : []),
  ];
}

function functionUrl({ type, action, before, after }: Change): ReturnType<Check> {
  const isOpened =
    attribute(after, 'authorization_type') === 'NONE' && attribute(before, 'authorization_type') !== 'NONE';
  return type === 'aws_lambda_function_url' && isOpened && action !== 'delete'
    ? [text`has ${name('authorization_type')} NONE: anyone can invoke the function`]
    : [];
}

function isService(principal: Value | undefined): boolean {
  return typeof principal === 'string' && principal.includes('.amazonaws.');
}

function isForeignPrincipal(principal: Value | undefined, plan: Plan): boolean {
  return typeof principal === 'string' && !isService(principal) && isForeign(principal, plan.ownAccounts);
}

function valueOf(side: Value, key: string): Part {
  return value(attribute(side, key), [key]);
}
