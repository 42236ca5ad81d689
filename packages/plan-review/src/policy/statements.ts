/** Parses IAM policies into statements and grants, and compares grants. */
import { attribute, canonicalJson, isList, isObject, parseJsonText, type Value } from '../model/value';
import { coversPattern } from '../wildcard';

export interface Statement {
  readonly effect: Value | undefined;
  /** `AWS:arn`, `Service:lambda.amazonaws.com` or `*`. A statement without principals has one empty string. */
  readonly principals: readonly Value[];
  readonly actions: readonly Value[];
  readonly resources: readonly Value[];
  readonly conditions: readonly Condition[];
  /** Whether it has NotAction, NotResource or NotPrincipal. Then it is compared only as a whole. */
  readonly negated: boolean;
  /** The whole statement as canonical JSON. */
  readonly text: string;
}

export interface Condition {
  /** Operator and key: `ArnLike aws:sourcearn`. */
  readonly test: string;
  readonly values: readonly Value[];
}

export type Policy = readonly Statement[];

/** One combination of principal, action and resource in a statement. An unknown part is the mark UNKNOWN. */
export interface Grant {
  readonly principal: Value;
  readonly action: Value;
  readonly resource: Value;
  readonly conditions: readonly Condition[];
}

export type Effect = 'Allow' | 'Deny';

/** Parses a policy. @returns undefined when the value is not a policy */
export function parsePolicy(value: Value | undefined): Policy | undefined {
  const statements = attribute(parseJsonText(value) ?? value, 'Statement');
  if (statements === undefined) return undefined;
  return toList(statements).map((statement) => ({
    effect: attribute(statement, 'Effect'),
    principals: parsePrincipals(attribute(statement, 'Principal')),
    actions: toList(attribute(statement, 'Action')),
    // A trust policy has no Resource: it applies to its role.
    resources: toList(attribute(statement, 'Resource') ?? '*'),
    conditions: parseConditions(attribute(statement, 'Condition')),
    negated: ['NotAction', 'NotResource', 'NotPrincipal'].some((name) => attribute(statement, name) !== undefined),
    text: canonicalJson(statement),
  }));
}

/** All grants of the statements with this effect, without negated statements. */
export function grantsOf(policy: Policy, effect: Effect): Grant[] {
  return policy
    .filter((statement) => statement.effect === effect && !statement.negated)
    .flatMap(({ principals, actions, resources, conditions }) =>
      principals.flatMap((principal) =>
        actions.flatMap((action) => resources.map((resource) => ({ principal, action, resource, conditions }))),
      ),
    );
}

/** Whether `policy` has a negated statement that `other` does not have in the same form. */
export function hasNewNegation(policy: Policy, other: Policy, effect: Effect): boolean {
  return policy.some(
    (statement) =>
      statement.negated && statement.effect === effect && !other.some(({ text }) => text === statement.text),
  );
}

/** Checks which parts of `narrow` are covered by `wide`. An unknown part counts as covered: unknown-parts.ts reports it. */
export function coverage(narrow: Grant, wide: Grant) {
  return {
    principal:
      wide.principal === narrow.principal || wide.principal === '*' || covers(wide.principal, narrow.principal),
    // Action names are not case-sensitive (IAM user guide, "Action").
    action: covers(toLowerCase(wide.action), toLowerCase(narrow.action)),
    resource: covers(wide.resource, narrow.resource),
    conditions: wide.conditions.every((condition) => narrow.conditions.some((other) => isNarrower(other, condition))),
  };
}

/** Whether `wide` covers all parts of `narrow`. */
export function isCovered(narrow: Grant, wide: Grant): boolean {
  const { principal, action, resource, conditions } = coverage(narrow, wide);
  return principal && action && resource && conditions;
}

/** Whether a pattern with `*` and `?` matches all texts that another pattern matches. */
export function covers(pattern: Value, value: Value): boolean {
  if (typeof pattern !== 'string' || typeof value !== 'string') return true;
  return coversPattern(pattern, value);
}

/**
 * Whether every request that meets `narrow` also meets `wide`. A condition with a subset of the values is narrower. For
 * negated operators, Null and ForAllValues, the values must be the same.
 */
function isNarrower(narrow: Condition, wide: Condition): boolean {
  if (wide.test !== narrow.test) return false;
  const [wideValues, narrowValues] = [wide.values.map(canonicalJson), narrow.values.map(canonicalJson)];
  const isSubset = narrowValues.every((value) => wideValues.includes(value));
  if (!/Not|Null|ForAllValues/.test(wide.test)) return isSubset;
  return isSubset && wideValues.every((value) => narrowValues.includes(value));
}

function parsePrincipals(principal: Value | undefined): readonly Value[] {
  if (principal === undefined) return [''];
  if (!isObject(principal)) return toList(principal);
  return Object.entries(principal).flatMap(([type, ids]) =>
    toList(ids).map((id) => {
      if (typeof id !== 'string') return id;
      // "*" and {"AWS": "*"} both mean everyone (IAM user guide, "AWS JSON policy elements: Principal").
      return id === '*' && type === 'AWS' ? '*' : `${type}:${id}`;
    }),
  );
}

function parseConditions(condition: Value | undefined): Condition[] {
  if (!isObject(condition)) return [];
  return Object.entries(condition).flatMap(([operator, keys]) => {
    if (!isObject(keys)) return [];
    // Condition keys are not case-sensitive; their values are.
    return Object.entries(keys).map(([key, values]) => ({
      test: `${operator} ${key.toLowerCase()}`,
      values: toList(values),
    }));
  });
}

function toList(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  return isList(value) ? value : [value];
}

function toLowerCase(value: Value): Value {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
