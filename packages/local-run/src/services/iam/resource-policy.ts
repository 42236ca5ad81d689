/** Evaluates the policy of an API, whose statements name the callers that they concern. */
import type { ResourceStatement } from '../../model/policy';
import type { Context } from './conditions';
import { combineDecisions, type Decision, Evaluator } from './evaluate';

/** A caller as policies name it. */
export interface Principal {
  readonly roleArn?: string | undefined;
  /** The ARN of the session of a role: `arn:aws:sts::000000000000:assumed-role/pets-role/pets-function`. */
  readonly userArn?: string | undefined;
}

export class ResourcePolicy {
  private readonly statements: readonly { readonly statement: ResourceStatement; readonly evaluator: Evaluator }[];

  constructor(statements: readonly ResourceStatement[]) {
    this.statements = statements.map((statement) => ({ statement, evaluator: new Evaluator([statement]) }));
  }

  /** @param principal `{}` for anonymous callers */
  decide(action: string, resource: string, principal: Principal, context: Context): Decision {
    const applicable = this.statements.filter(({ statement }) => concerns(statement, principal));
    return combineDecisions(...applicable.map(({ evaluator }) => evaluator.decide(action, resource, context)));
  }
}

/**
 * Whether a statement concerns a caller. An Allow for an account only lets the account decide with the policies of its roles (IAM
 * User Guide, "AWS JSON policy elements: Principal").
 */
function concerns({ effect, principals }: ResourceStatement, { roleArn, userArn }: Principal): boolean {
  const names = ['*', roleArn, userArn];
  const account = roleArn?.split(':')[4];
  if (effect === 'Deny' && account !== undefined) names.push(account, `arn:aws:iam::${account}:root`);
  return principals.some((principal) => names.includes(principal));
}
