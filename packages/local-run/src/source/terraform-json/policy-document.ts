/** The JSON that the data source aws_iam_policy_document makes. */
import type { Attributes } from './stack';

/** Terraform's names of a statement's attributes. Others stay as they are, for whoever reads the policy to refuse. */
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
  /** The operator. */
  readonly test: string;
  /** The key. */
  readonly variable: string;
  readonly values: unknown;
}

export function policyDocument({ statement, version }: Attributes): string {
  const statements = blocks(statement).map((block) => statementOf(block as Attributes));
  return JSON.stringify({ Version: version ?? '2012-10-17', Statement: statements });
}

function statementOf(block: Attributes): Attributes {
  const own: Record<string, unknown> = { Effect: 'Allow' };
  for (const [name, value] of Object.entries(block)) {
    if (name === 'condition') own['Condition'] = conditionOf(blocks(value) as TerraformCondition[]);
    else if (name === 'principals') own['Principal'] = principalOf(blocks(value) as TerraformPrincipal[]);
    // Terraform writes `&{...}` for IAM's `${...}`, as it would take the latter for its own.
    else own[NAMES[name] ?? name] = JSON.parse(JSON.stringify(value ?? null).replaceAll('&{', '${')) ?? undefined;
  }
  return own;
}

/** Blocks of the same type have their identifiers together. */
function principalOf(principals: readonly TerraformPrincipal[]): unknown {
  if (principals.some(({ type }) => type === '*')) return '*';
  const types: Record<string, unknown[]> = {};
  for (const { type, identifiers } of principals) types[type] = [...(types[type] ?? []), ...blocks(identifiers)];
  return types;
}

/** Blocks of the same operator and key have their values together. */
function conditionOf(conditions: readonly TerraformCondition[]): Attributes {
  const operators: Record<string, Record<string, unknown[]>> = {};
  for (const { test, variable, values } of conditions) {
    const keys = (operators[test] ??= {});
    keys[variable] = [...(keys[variable] ?? []), ...blocks(values)];
  }
  return operators;
}

function blocks(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : value === undefined || value === null ? [] : [value];
}
