/** Evaluates a role's statements as IAM does: a matching Deny wins over a matching Allow, and the default is to deny. */
import type { Condition, Statement } from '../../model/policy';
import { compileCondition, type CompiledCondition, type Context } from './conditions';
import { arnPattern, type Matcher, wildcard } from './pattern';

/** `implicitDeny`: no statement allows the action. `explicitDeny`: a statement denies it. */
export type Decision = 'allowed' | 'implicitDeny' | 'explicitDeny';

/** The reason of a denial without any statement that matches. */
export const NO_STATEMENT = 'no statement allows it';

interface CompiledStatement {
  readonly source: Statement;
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

  /** Whether the permissions boundary allows an action, or there is none. */
  isWithinBoundary(action: string, resource: string, context: Context): boolean {
    return !this.boundary || decideBy(this.boundary, action, resource, context) === 'allowed';
  }

  /**
   * Says why an action is denied, for the developer. Call it only after `decide` has denied the action.
   * @returns the statement that denies it, the condition that does not hold, or NO_STATEMENT
   */
  explain(action: string, resource: string, context: Context): string {
    const all = [...this.statements, ...(this.boundary ?? [])].filter(({ matches }) => matches(action, resource));
    const denying = all.find(
      ({ effect, conditions }) => effect === 'Deny' && conditions.every((holds) => holds(context)),
    );
    if (denying) return `${denying.source.where} denies it`;
    if (decideBy(this.statements, action, resource, context) === 'allowed')
      return 'the permissions boundary does not allow it';
    const [unmet] = all.filter(({ effect }) => effect === 'Allow');
    const condition = unmet?.source.conditions[unmet.conditions.findIndex((holds) => !holds(context))];
    if (!unmet || !condition) return NO_STATEMENT;
    return `${unmet.source.where} allows it only if its condition holds: ${conditionText(condition)}`;
  }
}

/** Formats a condition: `ForAllValues:StringEquals on dynamodb:leadingkeys`. */
function conditionText({ set, operator, ifExists, key }: Condition): string {
  return `${set === undefined ? '' : `${set}:`}${operator}${ifExists ? 'IfExists' : ''} on ${key}`;
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

function compile(source: Statement): CompiledStatement {
  const { effect, conditions, ...statement } = source;
  const matchesAction = matchesAny(statement.actions.map((pattern) => wildcard(pattern, true)));
  const matchesResource = matchesAny(statement.resources.map(arnPattern));
  const { notActions, notResources } = statement;
  return {
    source,
    effect,
    matches: (action, resource) => matchesAction(action) !== notActions && matchesResource(resource) !== notResources,
    conditions: conditions.map(compileCondition),
  };
}

function matchesAny(patterns: readonly Matcher[]): Matcher {
  return (text) => patterns.some((matches) => matches(text));
}
