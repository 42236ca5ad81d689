/** Who may assume a role: whether Lambda may, without which AWS creates no function with it. */
import { wildcard } from './pattern';

const LAMBDA = 'lambda.amazonaws.com';

/**
 * The developer guide of Lambda ("Defining Lambda function permissions with an execution role") asks for this principal.
 * @param json the role's trust policy
 * @returns what is wrong with it; undefined when Lambda may assume the role
 */
export function trustFault(json: unknown): string | undefined {
  const statements = statementsOf(json);
  if (!statements) return 'its assume_role_policy must be a JSON object of statements';
  const others = statements.filter(({ Effect: effect }) => effect !== 'Allow');
  if (!others.every(isPlain)) return 'its assume_role_policy has a Deny that is not understood';
  const fitting = statements.filter(isOfLambda);
  const denied = fitting.some(({ Effect: effect, Condition: condition }) => effect === 'Deny' && isEmpty(condition));
  // What a condition asks, the account of the function for example, is of AWS alone: it is taken to be met.
  if (!denied && fitting.some(({ Effect: effect }) => effect === 'Allow')) return undefined;
  return `its assume_role_policy does not let ${LAMBDA} do sts:AssumeRole, and so AWS would create no function with it`;
}

type Statement = Readonly<Record<string, unknown>>;

function statementsOf(json: unknown): Statement[] | undefined {
  try {
    const { Statement: statement } = JSON.parse(String(json)) as Statement;
    const all = list(statement);
    return all.length > 0 && all.every(isObject) ? all : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it says, by names, who may not do what. */
function isPlain({ Effect: effect, Principal: principal, Action: action }: Statement): boolean {
  return effect === 'Deny' && isObject(principal) && action !== undefined;
}

function isEmpty(condition: unknown): boolean {
  return condition === undefined || (isObject(condition) && Object.keys(condition).length === 0);
}

function isOfLambda({ Action: action, Principal: principal }: Statement): boolean {
  const assumes = list(action).some((one) => wildcard(String(one), true)('sts:AssumeRole'));
  return assumes && isObject(principal) && list(principal['Service']).includes(LAMBDA);
}

function isObject(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
}
