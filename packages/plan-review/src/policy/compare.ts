/** Compares policies: the grants that a policy gains, and the denials that it loses. */
import { canonicalJson, unique, UNKNOWN, type Value } from '../model/value';
import { type Coverage, coverageOf, coveringStatements, type StatementPart } from './coverage';
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

/** Finds the grants of `after` that `before` does not cover. @param effect compares only statements with this effect */
export function findGain(before: Policy, after: Policy, effect: Effect = 'Allow'): Gain {
  const coverage = coverageOf(comparable(before, effect));
  const gained = comparable(after, effect)
    .map((statement) => ({ statement, grants: gainedGrants(statement, coverage) }))
    .filter(({ grants }) => grants.length > 0);
  const newMembers = (statement: Statement, part: StatementPart) =>
    statement[part].filter((member) => coverage(part, member).size === 0);
  return {
    grants: gained.flatMap(({ grants }) => grants),
    actions: unique(gained.flatMap(({ statement }) => newMembers(statement, 'actions'))),
    resources: unique(gained.flatMap(({ statement }) => newMembers(statement, 'resources'))),
    principals: gained
      .map(({ statement }) => ({
        statement,
        members: newMembers(statement, 'principals').filter((member) => member !== ''),
      }))
      .filter(({ members }) => members.length > 0),
    loosened: gained.flatMap(({ grants }) => grants.filter((grant) => coveringGrant(coverage, grant).length > 0)),
    negated: newNegations(after, before, effect),
  };
}

/** Finds the denials of `before` that `after` lacks. `negated`: whether statements with NotAction, NotResource or NotPrincipal are among them. */
export function findLostDenials(before: Policy, after: Policy): { grants: readonly Grant[]; negated: boolean } {
  // An unknown member can differ from the old member, so it does not count as a remaining denial.
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

function gainedGrants(statement: Statement, coverage: Coverage): Grant[] {
  const { principals, actions, resources } = statement;
  const isGranting = (old: Statement) => hasNarrowerConditions(statement, old);
  if (coveringStatements(coverage, statement).some(isGranting)) return [];
  return principals
    .flatMap((principal) =>
      actions.flatMap((action) => resources.map((resource): Grant => ({ principal, action, resource, statement }))),
    )
    .filter((grant) => !coveringGrant(coverage, grant).some(isGranting));
}

/** Finds the statements that cover a grant. Ignores their conditions. */
function coveringGrant(coverage: Coverage, { principal, action, resource }: Grant): readonly Statement[] {
  return coveringStatements(coverage, { principals: [principal], actions: [action], resources: [resource] });
}

function hasNarrowerConditions(narrow: Statement, wide: Statement): boolean {
  return wide.conditions.every((condition) => narrow.conditions.some((other) => isNarrower(other, condition)));
}

/**
 * Whether every request that meets `narrow` also meets `wide`. A condition with a subset of the values is narrower. For
 * negated operators, Null and ForAllValues, the values must be the same.
 */
function isNarrower(narrow: Condition, wide: Condition): boolean {
  if (wide.test !== narrow.test) return false;
  const [wideValues, narrowValues] = [valuesOf(wide), valuesOf(narrow)];
  const isSubset = [...narrowValues].every((value) => wideValues.has(value));
  return isSubset && (wideValues.size === narrowValues.size || !/Not|Null|ForAllValues/.test(wide.test));
}

const valuesByCondition = new WeakMap<Condition, ReadonlySet<string>>();

/** The values of a condition as canonical JSON. */
function valuesOf(condition: Condition): ReadonlySet<string> {
  const known = valuesByCondition.get(condition) ?? new Set(condition.values.map(canonicalJson));
  valuesByCondition.set(condition, known);
  return known;
}

function isKnown(value: Value): boolean {
  return value !== UNKNOWN;
}
