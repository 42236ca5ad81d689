/** Evaluates a role's statements as IAM does: a matching Deny wins over a matching Allow, and the default is to deny. */
import type { Statement } from '../../model/policy';
import { compileCondition, type CompiledCondition, type Context } from './conditions';
import { arnPattern, type Matcher, wildcard } from './pattern';

/** `implicitDeny`: no statement allows the action. `explicitDeny`: a statement denies it. */
export type Decision = 'allowed' | 'implicitDeny' | 'explicitDeny';

interface CompiledStatement {
  readonly effect: Statement['effect'];
  readonly matches: (action: string, resource: string) => boolean;
  readonly conditions: readonly CompiledCondition[];
}

export class Evaluator {
  private readonly statements: readonly CompiledStatement[];
  private readonly boundary: readonly CompiledStatement[] | undefined;

  /**
   * @param statements of the policies
   * @param boundary the statements of the permissions boundary: an action needs a permission in both lists. @default none
   */
  constructor(statements: readonly Statement[], boundary?: readonly Statement[]) {
    this.statements = statements.map(compile);
    this.boundary = boundary?.map(compile);
  }

  decide(action: string, resource: string, context: Context): Decision {
    const decisions = [this.statements, ...(this.boundary ? [this.boundary] : [])].map((statements) =>
      decideBy(statements, action, resource, context),
    );
    return (
      decisions.find((decision) => decision === 'explicitDeny') ??
      decisions.find((decision) => decision === 'implicitDeny') ??
      'allowed'
    );
  }
}

/**
 * Combines the decisions of policies within one account: an Allow of one policy is enough (IAM User Guide, "Policy evaluation
 * logic").
 */
export function combineDecisions(...decisions: readonly Decision[]): Decision {
  if (decisions.includes('explicitDeny')) return 'explicitDeny';
  return decisions.includes('allowed') ? 'allowed' : 'implicitDeny';
}

function decideBy(
  statements: readonly CompiledStatement[],
  action: string,
  resource: string,
  context: Context,
): Decision {
  const applicable = statements.filter(
    ({ matches, conditions }) => matches(action, resource) && conditions.every((holds) => holds(context)),
  );
  if (applicable.some(({ effect }) => effect === 'Deny')) return 'explicitDeny';
  return applicable.length > 0 ? 'allowed' : 'implicitDeny';
}

function compile({ effect, conditions, ...statement }: Statement): CompiledStatement {
  const matchesAction = matchesAny(statement.actions.map((pattern) => wildcard(pattern, true)));
  const matchesResource = matchesAny(statement.resources.map(arnPattern));
  const { notActions, notResources } = statement;
  return {
    effect,
    matches: (action, resource) => matchesAction(action) !== notActions && matchesResource(resource) !== notResources,
    conditions: conditions.map(compileCondition),
  };
}

function matchesAny(patterns: readonly Matcher[]): Matcher {
  return (text) => patterns.some((matches) => matches(text));
}
