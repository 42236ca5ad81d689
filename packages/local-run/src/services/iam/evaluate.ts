/** Decides by a role's statements: a Deny that matches wins, then an Allow, and else nothing is allowed. */
import { compileCondition, type Context, type Holds } from './conditions';
import { arnPattern, type Matches, wildcard } from './pattern';
import type { Statement } from '../../model/policy';

/** `implicit`: no statement allows it; `explicit`: a statement denies it. */
export type Decision = 'allowed' | 'implicit' | 'explicit';

interface Compiled {
  readonly effect: Statement['effect'];
  readonly matches: (action: string, resource: string) => boolean;
  readonly conditions: readonly Holds[];
}

/** Answers are kept by action and resource; as many as no deployment has, should a function ask for ever new ones. */
const MOST_KEPT = 1000;

export class Evaluator {
  private readonly statements: readonly Compiled[];
  /** The decision where no condition plays a part, and else the statements that match. */
  private readonly kept = new Map<string, Decision | readonly Compiled[]>();

  constructor(statements: readonly Statement[]) {
    this.statements = statements.map(compile);
  }

  decide(action: string, resource: string, context: Context): Decision {
    const key = `${action} ${resource}`;
    let found = this.kept.get(key);
    if (found === undefined) {
      const matching = this.statements.filter(({ matches }) => matches(action, resource));
      found = matching.every(({ conditions }) => conditions.length === 0) ? decisionBy(matching) : matching;
      if (this.kept.size >= MOST_KEPT) this.kept.clear();
      this.kept.set(key, found);
    }
    if (typeof found === 'string') return found;
    return decisionBy(found.filter(({ conditions }) => conditions.every((holds) => holds(context))));
  }
}

function decisionBy(statements: readonly Compiled[]): Decision {
  if (statements.some(({ effect }) => effect === 'Deny')) return 'explicit';
  return statements.length > 0 ? 'allowed' : 'implicit';
}

function compile({ effect, conditions, ...statement }: Statement): Compiled {
  const actions = anyOf(statement.actions.map((pattern) => wildcard(pattern, true)));
  const resources = anyOf(statement.resources.map(arnPattern));
  const { notActions, notResources } = statement;
  return {
    effect,
    matches: (action, resource) => actions(action) !== notActions && resources(resource) !== notResources,
    conditions: conditions.map(compileCondition),
  };
}

function anyOf(all: readonly Matches[]): Matches {
  return (text) => all.some((matches) => matches(text));
}
