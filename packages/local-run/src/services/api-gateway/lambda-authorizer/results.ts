/** Reads what the function of a Lambda authorizer returns: a Boolean, or an IAM policy. */
import { type Decision, Evaluator } from '../../iam/evaluate';
import { readPolicy } from '../../iam/policy';
import { ACTION, conditionContext, type ConditionRequest } from '../iam/condition-context';
import { isObject } from '../../is-object';

export type AuthorizerContext = Readonly<Record<string, unknown>>;

type Denial = Exclude<Decision, 'allowed'>;

export interface AuthorizerResult {
  /** Whether the caller may invoke the method with this ARN. */
  decide(methodArn: string, request: ConditionRequest): Decision;
  /** Why the caller may not invoke the method, for the log. */
  readonly reasonOf: (decision: Denial) => string;
  /** Undefined: the function returned no context. */
  readonly context: AuthorizerContext | undefined;
  /** The user. Simple responses have none. */
  readonly principalId?: string;
}

/** The function returned something that API Gateway does not accept. */
export class AuthorizerResultError extends Error {
  override readonly name = 'AuthorizerResultError';
}

/** Reads a simple response. @throws AuthorizerResultError */
export function readSimpleResponse(result: unknown): AuthorizerResult {
  const { isAuthorized, context } = toObject(result);
  if (typeof isAuthorized !== 'boolean') {
    throw new AuthorizerResultError(`isAuthorized must be true or false, but is ${JSON.stringify(isAuthorized)}`);
  }
  return {
    decide: () => (isAuthorized ? 'allowed' : 'implicitDeny'),
    reasonOf: () => 'the authorizer returned isAuthorized false',
    context: readContext(context),
  };
}

/**
 * Reads a policy (developer guide, "Output from an API Gateway Lambda authorizer").
 * @param flatContext whether the context may have only strings, numbers and Booleans
 * @throws AuthorizerResultError
 */
export function readPolicyResult(
  result: unknown,
  { flatContext }: { readonly flatContext: boolean },
): AuthorizerResult {
  const { principalId, policyDocument, context: rawContext } = toObject(result);
  if (typeof principalId !== 'string' || principalId === '') {
    throw new AuthorizerResultError(`principalId must be a string, but is ${JSON.stringify(principalId)}`);
  }
  const { policy, faults, unsupported } = readPolicy(
    'policyDocument',
    JSON.stringify(policyDocument),
    'execute-api',
    'authorizer',
  );
  const problems = [...faults, ...unsupported.map(({ found }) => `${found} is not supported by the local run`)];
  if (problems.length > 0) throw new AuthorizerResultError(problems.join('; '));
  const context = readContext(rawContext);
  const nested = Object.entries(context ?? {}).find(([, value]) => flatContext && !isFlat(value));
  if (nested) {
    throw new AuthorizerResultError(`context.${nested[0]} must be a string, number or Boolean in a REST API`);
  }
  const evaluator = new Evaluator(policy.statements);
  const decide: AuthorizerResult['decide'] = (methodArn, request) =>
    evaluator.decide(ACTION, methodArn, conditionContext(request, { action: ACTION, resource: methodArn }));
  return { decide, reasonOf: policyReason, context, principalId };
}

function policyReason(decision: Denial): string {
  return decision === 'explicitDeny'
    ? 'the policy of the authorizer denies it'
    : 'the policy of the authorizer does not allow it';
}

function toObject(result: unknown): Readonly<Record<string, unknown>> {
  if (isObject(result)) return result;
  throw new AuthorizerResultError(`the result must be an object, but is ${JSON.stringify(result)}`);
}

function readContext(context: unknown): AuthorizerContext | undefined {
  if (context === undefined || context === null) return undefined;
  if (isObject(context)) return context;
  throw new AuthorizerResultError(`context must be an object, but is ${JSON.stringify(context)}`);
}

function isFlat(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
