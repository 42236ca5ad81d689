/** Reads IAM policies of any service for the evaluator of the local run. Refuses all elements that the evaluator does not know. */
import type { Statement } from 'local-run';

/** A policy document, as IAM stores it. */
export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

const ELEMENTS = ['Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

/** Operators of the evaluator, without the prefix and the suffix of their names. */
const OPERATOR =
  /^(?:(ForAllValues|ForAnyValue):)?(String(?:Not)?(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Not)?(?:Equals|Like)|Bool|Null)(IfExists)?$/;

/** @throws Error for an element, an effect or a condition that the evaluator does not know */
export function statementsOf({ Statement: statements }: PolicyDocument): Statement[] {
  return statements.map((statement, index) => {
    const { Sid: sid = index + 1, Effect: effect } = statement;
    const where = `statement ${String(sid)}`;
    const unknown = Object.keys(statement).filter((name) => !ELEMENTS.includes(name));
    if (unknown.length > 0) throw new Error(`${where} has ${unknown.join(', ')}; the evaluator does not know them.`);
    if (effect !== 'Allow' && effect !== 'Deny') throw new Error(`${where} has the Effect ${JSON.stringify(effect)}.`);
    const actions = patternsOf(where, statement, 'Action');
    // A trust policy has no resource.
    const resources = 'Principal' in statement && !('Resource' in statement) ? ['*'] : undefined;
    const named = resources ? { patterns: resources, excluded: false } : patternsOf(where, statement, 'Resource');
    return {
      where,
      effect,
      actions: actions.patterns,
      notActions: actions.excluded,
      resources: named.patterns,
      notResources: named.excluded,
      conditions: conditionsOf(where, statement['Condition'] ?? {}),
    };
  });
}

function patternsOf(where: string, statement: PolicyDocument['Statement'][number], element: 'Action' | 'Resource') {
  const [included, excluded] = [statement[element], statement[`Not${element}`]];
  const patterns = [included ?? excluded ?? []].flat() as string[];
  if (patterns.length === 0) throw new Error(`${where} has no ${element} and no Not${element}.`);
  const variable = patterns.find((pattern) => pattern.includes('${'));
  if (variable !== undefined) throw new Error(`${where} has the unresolved ${variable}.`);
  return { patterns, excluded: included === undefined };
}

function conditionsOf(where: string, block: object): Statement['conditions'] {
  return Object.entries(block).flatMap(([name, keys]) => {
    const [, set, operator, ifExists] = OPERATOR.exec(name) ?? [];
    if (operator === undefined) throw new Error(`${where} has the operator ${name}; the evaluator does not know it.`);
    return Object.entries(keys as object).map(([key, values]) => ({
      operator,
      set: set as 'ForAllValues' | 'ForAnyValue' | undefined,
      ifExists: ifExists !== undefined,
      key: key.toLowerCase(),
      values: [values as string | string[]].flat(),
    }));
  });
}
