/** The result of authorizing a request. */
import type { Outcome } from './gateway';

/** The invocation of a Lambda authorizer. */
export type AuthorizerInvocation = Pick<Outcome, 'invocation' | 'cold' | 'calls'>;

export type Authorized =
  | {
      readonly allowed: true;
      /** The event's `requestContext.authorizer`. */
      readonly authorizer?: object | undefined;
      /** Fields of the event's `requestContext.identity`. Only REST APIs with AWS_IAM have them. */
      readonly identity?: object;
      /** The invocation of a Lambda authorizer, for the log. */
      readonly details?: AuthorizerInvocation;
    }
  | {
      readonly allowed: false;
      /** The response to the caller. */
      readonly refusal: Outcome;
    };

/** @param refusal the response to the caller */
export function refused(refusal: Outcome): Authorized {
  return { allowed: false, refusal };
}

/** Adds the invocation of the authorizer that let the caller in to the outcome of the request. */
export function withAuthorizerInvocation(outcome: Outcome, authorized: Authorized | undefined): Outcome {
  if (!authorized?.allowed || !authorized.details?.invocation) return outcome;
  const { invocation, cold = false, calls = [] } = authorized.details;
  return {
    ...outcome,
    authorizerInvocation: invocation,
    cold: cold || outcome.cold,
    calls: [...calls, ...(outcome.calls ?? [])],
  };
}
