/** Compares policies: the grants that a policy gains, and the denials that it loses. */
import { canonicalJson, UNKNOWN, type Value } from '../model/value';
import { coversPattern } from '../wildcard';
import type { Condition, Effect, Policy, Statement } from './statements';

/** One combination of principal, action and resource of a statement. An unknown part is the mark UNKNOWN. */
export interface Grant {
  readonly principal: Value;
  readonly action: Value;
  readonly resource: Value;
  readonly statement: Statement;
}

/** The grants of `after` that `before` lacks. */
export interface Gain {
  readonly grants: readonly Grant[];
  /** The actions, resources and principals that no old statement has. */
  readonly actions: readonly Value[];
  readonly resources: readonly Value[];
  /** The principals, by statement: its conditions are shown beside them. */
  readonly principals: readonly { readonly statement: Statement; readonly members: readonly Value[] }[];
  /** Grants that an old statement has with more or narrower conditions. */
  readonly loosened: readonly Grant[];
  /** Statements with NotAction, NotResource or NotPrincipal, which are new or changed. */
  readonly negated: readonly Statement[];
}

/** The parts of a statement that an old statement covers. */
interface Overlap {
  readonly principals: ReadonlySet<Value>;
  readonly actions: ReadonlySet<Value>;
  readonly resources: ReadonlySet<Value>;
  readonly conditions: boolean;
}

/** Finds the grants of `after` that `before` does not cover. @param effect compares only statements with this effect */
export function findGain(before: Policy, after: Policy, effect: Effect = 'Allow'): Gain {
  const [oldStatements, newStatements] = [before, after].map((policy) => comparable(policy, effect));
  const parts = (newStatements ?? []).map((statement) => {
    const overlaps = (oldStatements ?? []).map((old) => overlapOf(statement, old));
    return { statement, overlaps, grants: gainedGrants(statement, overlaps) };
  });
  const gained = parts.filter(({ grants }) => grants.length > 0);
  const newMembers = (part: 'actions' | 'resources') =>
    unique(
      gained.flatMap(({ statement, overlaps }) =>
        statement[part].filter((member) => !overlaps.some((overlap) => overlap[part].has(member))),
      ),
    );
  return {
    grants: gained.flatMap(({ grants }) => grants),
    actions: newMembers('actions'),
    resources: newMembers('resources'),
    principals: gained
      .map(({ statement, overlaps }) => ({
        statement,
        members: statement.principals.filter(
          (member) => member !== '' && !overlaps.some(({ principals }) => principals.has(member)),
        ),
      }))
      .filter(({ members }) => members.length > 0),
    loosened: gained.flatMap(({ overlaps, grants }) =>
      grants.filter((grant) => overlaps.some((overlap) => hasParts(overlap, grant))),
    ),
    negated: newNegations(after, before, effect),
  };
}

/** Finds the denials of `before` that `after` lacks: combinations, and statements that are compared only as a whole. */
export function findLostDenials(before: Policy, after: Policy): { grants: readonly Grant[]; negated: boolean } {
  // An unknown member of a denial may not cover an old denial.
  const known = after.map((statement) => ({
    ...statement,
    principals: statement.principals.filter(isKnown),
    actions: statement.actions.filter(isKnown),
    resources: statement.resources.filter(isKnown),
  }));
  const { grants, negated } = findGain(known, before, 'Deny');
  return { grants, negated: negated.length > 0 };
}

function comparable(policy: Policy, effect: Effect): Policy {
  return policy.filter((statement) => statement.effect === effect && !statement.negated);
}

function newNegations(policy: Policy, other: Policy, effect: Effect): Policy {
  const known = new Set(other.map(({ text }) => text));
  return policy.filter((statement) => statement.negated && statement.effect === effect && !known.has(statement.text));
}

/** An unknown part counts as covered: unknown-parts.ts reports it. */
function overlapOf(narrow: Statement, wide: Statement): Overlap {
  const coveredBy = (
    values: readonly Value[],
    test: (wide: Value, narrow: Value) => boolean,
    wideValues: readonly Value[],
  ) => new Set(values.filter((value) => wideValues.some((wideValue) => test(wideValue, value))));
  return {
    principals: coveredBy(narrow.principals, covers, wide.principals),
    // Action names are not case-sensitive (IAM user guide, "Action").
    actions: coveredBy(narrow.actions, (a, b) => covers(toLowerCase(a), toLowerCase(b)), wide.actions),
    resources: coveredBy(narrow.resources, covers, wide.resources),
    conditions: wide.conditions.every((condition) => narrow.conditions.some((other) => isNarrower(other, condition))),
  };
}

function hasParts(overlap: Overlap, { principal, action, resource }: Grant): boolean {
  return overlap.principals.has(principal) && overlap.actions.has(action) && overlap.resources.has(resource);
}

function gainedGrants(statement: Statement, overlaps: readonly Overlap[]): Grant[] {
  const { principals, actions, resources } = statement;
  const granting = overlaps.filter(({ conditions }) => conditions);
  const isCovered = granting.some(
    (overlap) =>
      principals.every((value) => overlap.principals.has(value)) &&
      actions.every((value) => overlap.actions.has(value)) &&
      resources.every((value) => overlap.resources.has(value)),
  );
  if (isCovered) return [];
  return principals
    .flatMap((principal) =>
      actions.flatMap((action) => resources.map((resource): Grant => ({ principal, action, resource, statement }))),
    )
    .filter((grant) => !granting.some((overlap) => hasParts(overlap, grant)));
}

/** Whether a pattern with `*` and `?` covers another pattern. An unknown value covers every value, and every value covers it. */
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

function isKnown(value: Value): boolean {
  return value !== UNKNOWN;
}

function toLowerCase(value: Value): Value {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function unique(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
