/** Policies as statements, and what one allows that another does not. */
import { attribute, canonical, isList, isObject, structure, type Value } from '../value';

export interface Statement {
  readonly effect: Value | undefined;
  /** `AWS:arn`, `Service:lambda.amazonaws.com`, `*`; one empty text where a policy has no principals. */
  readonly principals: readonly Value[];
  readonly actions: readonly Value[];
  readonly resources: readonly Value[];
  readonly conditions: readonly Condition[];
  /** Has NotAction, NotResource or NotPrincipal: it can be compared as a whole alone. */
  readonly negated: boolean;
  readonly whole: string;
}

export interface Condition {
  /** Operator and key: `ArnLike aws:SourceArn`. */
  readonly test: string;
  readonly values: readonly Value[];
}

export type Policy = readonly Statement[];

/** One thing that a policy allows. A member that is not known yet is a mark. */
export interface Grant {
  readonly principal: Value;
  readonly action: Value;
  readonly resource: Value;
  readonly conditions: readonly Condition[];
}

/** @returns undefined for what is no policy */
export function policyOf(value: Value | undefined): Policy | undefined {
  const statements = attribute(structure(value) ?? value, 'Statement');
  if (statements === undefined) return undefined;
  return listOf(statements).map((statement) => ({
    effect: attribute(statement, 'Effect'),
    principals: principalsOf(attribute(statement, 'Principal')),
    actions: listOf(attribute(statement, 'Action')),
    // A trust policy has none: it is about the role that it belongs to.
    resources: listOf(attribute(statement, 'Resource') ?? '*'),
    conditions: conditionsOf(attribute(statement, 'Condition')),
    negated: ['NotAction', 'NotResource', 'NotPrincipal'].some((name) => attribute(statement, name) !== undefined),
    whole: canonical(statement),
  }));
}

/** What the policy's statements of an effect say one by one, those with Not... left out. */
export function grants(policy: Policy, effect: 'Allow' | 'Deny'): Grant[] {
  return policy
    .filter((statement) => statement.effect === effect && !statement.negated)
    .flatMap(({ principals, actions, resources, conditions }) =>
      principals.flatMap((principal) =>
        actions.flatMap((action) => resources.map((resource) => ({ principal, action, resource, conditions }))),
      ),
    );
}

/** The statements with Not... that are in one policy and, just so, not in the other. */
export function negatedOnlyIn(policy: Policy, other: Policy, effect: 'Allow' | 'Deny'): number {
  return policy.filter(
    (statement) =>
      statement.negated && statement.effect === effect && !other.some(({ whole }) => whole === statement.whole),
  ).length;
}

/** What of a grant another covers. A member that is not known yet counts as covered here: unknown.ts looks after those. */
export function coverage(wide: Grant, narrow: Grant) {
  return {
    principal:
      wide.principal === narrow.principal || wide.principal === '*' || covers(wide.principal, narrow.principal),
    // Actions have no case (IAM user guide, "Action").
    action: covers(lower(wide.action), lower(narrow.action)),
    resource: covers(wide.resource, narrow.resource),
    conditions: wide.conditions.every((condition) => narrow.conditions.some((other) => narrows(condition, other))),
  };
}

/** Whether a pattern with `*` and `?` matches all that another one does. */
export function covers(pattern: Value, value: Value): boolean {
  if (typeof pattern !== 'string' || typeof value !== 'string') return true;
  if (pattern === value) return true;
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '[^*]');
  return new RegExp(`^${expression}$`, 's').test(value);
}

/** Fewer values let less through, but for operators that say Not, and those that count or ask for nothing. */
function narrows(wide: Condition, narrow: Condition): boolean {
  if (wide.test !== narrow.test) return false;
  const [wider, narrower] = [wide.values.map(canonical), narrow.values.map(canonical)];
  const fewer = narrower.every((value) => wider.includes(value));
  return /Not|Null|ForAllValues/.test(wide.test) ? fewer && wider.every((value) => narrower.includes(value)) : fewer;
}

function principalsOf(principal: Value | undefined): readonly Value[] {
  if (principal === undefined) return [''];
  if (!isObject(principal)) return listOf(principal);
  return Object.entries(principal).flatMap(([type, ids]) =>
    // Both are anybody (IAM user guide, "AWS JSON policy elements: Principal").
    listOf(ids).map((id) => (typeof id !== 'string' ? id : id === '*' && type === 'AWS' ? '*' : `${type}:${id}`)),
  );
}

function conditionsOf(condition: Value | undefined): Condition[] {
  if (!isObject(condition)) return [];
  return Object.entries(condition).flatMap(([operator, keys]) =>
    // Keys have no case, values do.
    isObject(keys)
      ? Object.entries(keys).map(([key, values]) => ({
          test: `${operator} ${key.toLowerCase()}`,
          values: listOf(values),
        }))
      : [],
  );
}

function listOf(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  return isList(value) ? value : [value];
}

function lower(value: Value): Value {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
