/** Decides which principals of a policy are outside of the plan's own accounts. */
import type { Value } from '../model/value';
import type { Condition, Statement } from './statements';

/** Condition keys that limit the accounts of callers, for requests of AWS services too. */
const ACCOUNT_KEYS = ['aws:principalaccount', 'aws:sourceaccount', 'aws:sourceowner', 'kms:calleraccount'];
/** Condition keys that limit the resource on whose behalf a service calls. */
const SOURCE_KEY = /^(aws:(source|principal)(arn|account|owner|org|vpc)|kms:(calleraccount|viaservice|grantisfor))/;

/**
 * The principals of a statement that are not in the own accounts: everyone, other accounts, federated users, canonical
 * users, and services without a condition on their source. Without a known own account, every account is outside.
 * @param isTrust whether it is a statement of a trust policy: a service uses a role for resources of the role's account
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
  if (type === 'Service') return /[*?]/.test(principal) || (!isTrust && !hasSourceCondition(conditions));
  return type !== 'AWS' || isForeign(rest.join(':'), ownAccounts);
}

/** Whether the statement is of a trust policy. */
function assumesRole({ actions }: Statement): boolean {
  return actions.length > 0 && actions.every((action) => typeof action === 'string' && /^sts:/i.test(action));
}

function hasSourceCondition(conditions: readonly Condition[]): boolean {
  return conditions.some(({ test }) => SOURCE_KEY.test(keyOf(test)) && !/Not|Null|IfExists/.test(test));
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
