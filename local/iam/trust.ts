/** Who may assume a role: whether Lambda may, without which AWS creates no function with it. */

const LAMBDA = 'lambda.amazonaws.com';

/**
 * The developer guide of Lambda ("Defining Lambda function permissions with an execution role") asks for this principal.
 * @param json the role's trust policy
 * @returns what is wrong with it; undefined when Lambda may assume the role
 */
export function trustFault(json: unknown): string | undefined {
  const statements = statementsOf(json);
  if (!statements) return 'its assume_role_policy must be a JSON object of statements';
  // What either could come to depends on who asks for what: it is refused rather than guessed.
  const deny = statements.some(({ Effect: effect }) => effect !== 'Allow');
  if (deny) return 'its assume_role_policy has a statement whose Effect is not "Allow", which is not understood';
  const fitting = statements.filter(letsLambdaAssume);
  if (fitting.some(({ Condition: condition }) => condition === undefined)) return undefined;
  if (fitting.length > 0) return 'its assume_role_policy lets Lambda assume it on a Condition, which is not understood';
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

function letsLambdaAssume({ Action: action, Principal: principal }: Statement): boolean {
  const assumes = list(action).some((one) => /^(\*|sts:(\*|AssumeRole))$/i.test(String(one)));
  return assumes && isObject(principal) && list(principal['Service']).includes(LAMBDA);
}

function isObject(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
}
