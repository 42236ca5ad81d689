/** Decides which principals of a policy are outside of the plan's own accounts. */
import { UNKNOWN, type Value } from '../model/value';
import type { Condition, Statement } from './statements';

/** Condition keys that limit the accounts of callers, also for requests of AWS services. */
const ACCOUNT_KEYS = ['aws:principalaccount', 'aws:sourceaccount', 'aws:sourceowner', 'kms:calleraccount'];
/** Condition keys that limit the resource on whose behalf a service calls. */
const SOURCE_KEY = /^(aws:(source|principal)(arn|account|owner|org|vpc)|kms:(calleraccount|viaservice|grantisfor))/;

/**
 * Finds the principals of a statement that are outside of `ownAccounts`: everyone, other accounts, federated users, canonical
 * users, and services without a condition on their source. Without a known own account, every account is outside.
 * @param isTrust whether the statement is in a trust policy. There, a service needs no condition: it uses a role only for resources
 *   of the role's account
 */
export function outsidePrincipals(
  statement: Statement,
  ownAccounts: ReadonlySet<string>,
  isTrust = assumesRole(statement),
): readonly Value[] {
  if (isLimitedToAccounts(statement.conditions, ownAccounts)) return [];
  return statement.principals.filter(
    (principal) =>
      typeof principal === 'string' && principal !== '' && isOutside(principal, statement, ownAccounts, isTrust),
  );
}

/** Whether an account id, an ARN or a principal such as `444455556666` belongs to another account, or to everyone. */
export function isForeign(id: string, ownAccounts: ReadonlySet<string>): boolean {
  const account = /^\d{12}$/.test(id) ? id : id.startsWith('arn:') ? (id.split(':')[4] ?? '') : undefined;
  return account === undefined || !ownAccounts.has(account);
}

function isOutside(
  principal: string,
  { conditions }: Statement,
  ownAccounts: ReadonlySet<string>,
  isTrust: boolean,
): boolean {
  const [type = '', ...rest] = principal.split(':');
  if (type === 'Service') return /[*?]/.test(principal) || (!isTrust && !hasSourceCondition(conditions, ownAccounts));
  return type !== 'AWS' || isForeign(rest.join(':'), ownAccounts);
}

/** Whether the statement is in a trust policy. */
function assumesRole({ actions }: Statement): boolean {
  return actions.length > 0 && actions.every((action) => typeof action === 'string' && /^sts:/i.test(action));
}

function hasSourceCondition(conditions: readonly Condition[], ownAccounts: ReadonlySet<string>): boolean {
  return conditions.some(
    ({ test, values }) =>
      SOURCE_KEY.test(keyOf(test)) &&
      !/Not|Null|IfExists|ForAllValues/.test(test) &&
      values.length > 0 &&
      values.every((value) => isOwnSource(value, ownAccounts)),
  );
}

/**
 * Whether a source belongs to one of `ownAccounts`: it is the account's id, or an ARN with the id. An ARN without an account,
 * such as a bucket's, must name one resource. An unknown value is usually the ARN of a resource of the plan.
 */
export function isOwnSource(source: Value, ownAccounts: ReadonlySet<string>): boolean {
  if (source === UNKNOWN || source === true) return true;
  if (typeof source !== 'string' || source === '') return false;
  const account = /^\d{12}$/.test(source) ? source : accountOf(source);
  if (account === '') return !/[*?]/.test(source);
  if (!/^\d{12}$/.test(account)) return false;
  return ownAccounts.size === 0 || ownAccounts.has(account);
}

/** The account of an ARN; empty for an ARN or another text without an account. */
function accountOf(source: string): string {
  return source.startsWith('arn:') ? (source.split(':')[4] ?? '') : '';
}

function isLimitedToAccounts(conditions: readonly Condition[], ownAccounts: ReadonlySet<string>): boolean {
  return conditions.some(
    ({ test, values }) =>
      /^(StringEquals|StringEqualsIgnoreCase|StringLike) /.test(test) &&
      ACCOUNT_KEYS.includes(keyOf(test)) &&
      values.length > 0 &&
      values.every((value) => typeof value === 'string' && ownAccounts.has(value)),
  );
}

function keyOf(test: string): string {
  return test.slice(test.indexOf(' ') + 1);
}
