/** Checks that Lambda may assume a role. If it may not, AWS refuses to create a function with the role. */
import { isObject } from '../is-object';
import { toList } from '../to-list';
import { wildcard } from './pattern';

const LAMBDA = 'lambda.amazonaws.com';

/**
 * Checks a trust policy (Lambda developer guide, "Defining Lambda function permissions with an execution role").
 * @param json the role's trust policy, as JSON text
 * @returns an error message; undefined when Lambda may assume the role
 */
export function trustFault(json: unknown): string | undefined {
  const statements = statementsOf(json);
  if (!statements) return 'its assume_role_policy must be a JSON object of statements';
  const lambdaStatements = statements.filter(appliesToLambda);
  const denied = lambdaStatements.some(
    ({ Effect: effect, Condition: condition }) => effect === 'Deny' && isEmpty(condition),
  );
  // Only AWS can check a condition, such as aws:SourceAccount. Here, the conditions of an Allow count as met, and the
  // conditions of a Deny as not met.
  if (!denied && lambdaStatements.some(({ Effect: effect }) => effect === 'Allow')) return undefined;
  return (
    `its assume_role_policy does not let ${LAMBDA} do sts:AssumeRole, ` +
    'so AWS would refuse to create a function with this role'
  );
}

export const DENY_WITH_PRINCIPALS = 'a Deny with Principal and Action, and a principal other than *';

/** Whether a trust policy has a statement that the local run cannot evaluate: neither an Allow nor a supported Deny. */
export function hasUnsupportedDeny(json: unknown): boolean {
  const denials = (statementsOf(json) ?? []).filter(({ Effect: effect }) => effect !== 'Allow');
  return !denials.every(isSupportedDeny);
}

type Statement = Readonly<Record<string, unknown>>;

function statementsOf(json: unknown): Statement[] | undefined {
  try {
    const { Statement: statement } = JSON.parse(String(json)) as Statement;
    const all = toList(statement);
    return all.length > 0 && all.every(isObject) ? all : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a statement is a Deny with `Principal` and `Action`. `NotPrincipal`, `NotAction` and the principal `*` are not
 * supported.
 */
function isSupportedDeny({ Effect: effect, Principal: principal, Action: action }: Statement): boolean {
  return effect === 'Deny' && isObject(principal) && action !== undefined;
}

function isEmpty(condition: unknown): boolean {
  return condition === undefined || (isObject(condition) && Object.keys(condition).length === 0);
}

function appliesToLambda({ Action: action, Principal: principal }: Statement): boolean {
  const assumes = toList(action).some((pattern) => wildcard(String(pattern), true)('sts:AssumeRole'));
  return assumes && isObject(principal) && toList(principal['Service']).includes(LAMBDA);
}
