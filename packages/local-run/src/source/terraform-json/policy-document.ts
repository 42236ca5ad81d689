/** Renders the data source aws_iam_policy_document as JSON. */
import { toList } from '../../services/to-list';
import type { Attributes } from './resource';

/** IAM's names for Terraform's attributes of a statement. Unknown attributes keep their name, and readPolicy refuses them. */
const NAMES: Readonly<Record<string, string>> = {
  sid: 'Sid',
  effect: 'Effect',
  actions: 'Action',
  not_actions: 'NotAction',
  resources: 'Resource',
  not_resources: 'NotResource',
};

interface TerraformPrincipal {
  /** `Service`, `AWS`, ..., or `*`. */
  readonly type: string;
  readonly identifiers: unknown;
}

interface TerraformCondition {
  /** The operator: `StringEquals`. */
  readonly test: string;
  /** The condition key: `dynamodb:LeadingKeys`. */
  readonly variable: string;
  readonly values: unknown;
}

export function policyDocument({ statement, version }: Attributes): string {
  const statements = toList(statement).map((block) => statementOf(block as Attributes));
  return JSON.stringify({ Version: version ?? '2012-10-17', Statement: statements });
}

/**
 * Replaces the resources of statements about services other than DynamoDB by `*`. The local run does not evaluate these
 * statements, so their references do not matter.
 */
export function withoutOtherServices(configuration: Attributes): Attributes {
  const isOther = (action: unknown) => /^(?!dynamodb:|sts:)[a-z0-9-]+:/i.test(String(action));
  const statements = toList(configuration['statement']).map((block) => {
    const { actions, resources } = block as Attributes;
    const skip = resources !== undefined && toList(actions).length > 0 && toList(actions).every(isOther);
    return skip ? { ...(block as Attributes), resources: ['*'] } : block;
  });
  return { ...configuration, statement: statements };
}

function statementOf(block: Attributes): Attributes {
  const statement: Record<string, unknown> = { Effect: 'Allow' };
  for (const [name, value] of Object.entries(block)) {
    if (name === 'condition') statement['Condition'] = conditionOf(toList(value) as TerraformCondition[]);
    else if (name === 'principals') statement['Principal'] = principalOf(toList(value) as TerraformPrincipal[]);
    // `&{...}` is Terraform's notation for IAM's policy variable `${...}`.
    else statement[NAMES[name] ?? name] = JSON.parse(JSON.stringify(value ?? null).replaceAll('&{', '${')) ?? undefined;
  }
  return statement;
}

/** Merges the identifiers of blocks with the same type. */
function principalOf(principals: readonly TerraformPrincipal[]): unknown {
  if (principals.some(({ type }) => type === '*')) return '*';
  const types: Record<string, unknown[]> = {};
  for (const { type, identifiers } of principals) types[type] = [...(types[type] ?? []), ...toList(identifiers)];
  return types;
}

/** Merges the values of blocks with the same operator and key. */
function conditionOf(conditions: readonly TerraformCondition[]): Attributes {
  const operators: Record<string, Record<string, unknown[]>> = {};
  for (const { test, variable, values } of conditions) {
    const keys = (operators[test] ??= {});
    keys[variable] = [...(keys[variable] ?? []), ...toList(values)];
  }
  return operators;
}
