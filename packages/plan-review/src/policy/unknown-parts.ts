/**
 * Handles parts of a policy that are known only after the apply. The ARN of a replaced table and the ARN of an additional
 * table are both unknown. Only the additional table widens access: the policy reached the replaced table before.
 */
import type { Plan } from '../model/plan';
import { canonicalJson, unique, UNKNOWN, type Value } from '../model/value';
import { coversPattern } from '../wildcard';
import { PARTS, type StatementPart as Part } from './coverage';
import type { Condition, Policy, Statement } from './statements';

/** Whether an old value contains an ARN, id or name that a resource loses. */
export type IsLostName = (value: string) => boolean;

/**
 * Finds the ARNs, ids and names that resources lose, for example because the plan re-creates them.
 * @param references the addresses that the policy refers to; only these resources can stay in the policy. If the list is
 *   empty, the references are unknown and every resource of the plan counts.
 * @returns a function that checks one old value
 */
export function lostNameCheck(plan: Plan, references: readonly string[]): IsLostName {
  // Most policies have no unknown part, and need no finder.
  return (value) => finderOf(plan, references)(value);
}

const findersByPlan = new WeakMap<Plan, Map<string, IsLostName>>();

/** Returns the finder of the lost names of some resources. All instances of a policy or setting share one finder. */
function finderOf(plan: Plan, references: readonly string[]): IsLostName {
  const finders = findersByPlan.get(plan) ?? new Map<string, IsLostName>();
  findersByPlan.set(plan, finders);
  const key = references.join('\n');
  const known = finders.get(key);
  if (known) return known;
  const { lostNames } = plan.index;
  const sources = references.length === 0 ? [...lostNames.keys()] : references;
  const finder = nameFinder(sources.flatMap((source) => lostNames.get(source) ?? []));
  finders.set(key, finder);
  return finder;
}

/** @returns a function that checks whether a text contains one of the names, such as the ARN of a table in the ARN of its index */
export function nameFinder(names: readonly string[]): (text: string) => boolean {
  const known = new Set(names);
  const longest = names.reduce((length, name) => Math.max(length, name.length), 0);
  return (text) => {
    // Whole names only: the table `items` is not part of the ARN of the table `items-archive`.
    const isInside = (index: number) => /[\w.-]/.test(text.charAt(index));
    const edges = Array.from({ length: text.length + 1 }, (_, index) => index);
    const starts = edges.filter((index) => !isInside(index - 1));
    const ends = edges.filter((index) => !isInside(index));
    let first = 0;
    return starts.some((start) => {
      while ((ends[first] ?? Infinity) <= start) first += 1;
      for (let at = first; (ends[at] ?? Infinity) - start <= longest; at += 1) {
        if (known.has(text.slice(start, ends[at]))) return true;
      }
      return false;
    });
  };
}

/** Replaces each unknown part of a policy with the old value of a re-created resource. */
export function fillUnknownParts(before: Policy, after: Policy, isLostName: IsLostName): Policy {
  if (!after.some(hasUnknownPart)) return after;
  // An old value fills one unknown part of one statement. If it filled two parts, it would hide a new resource.
  const usedGrants = new Set(
    after.flatMap((statement) =>
      PARTS.flatMap((part) => statement[part].flatMap((value) => grantKeys(statement, part, value))),
    ),
  );
  /** Fills the unknown values of a part with lost names that the old policy has. */
  const fill = (statement: Statement, part: string, values: readonly Value[], oldValues: readonly Value[]) => {
    const candidates = oldValues.filter(
      (value) => typeof value === 'string' && isLostName(value) && !values.includes(value),
    );
    return values.map((value) => {
      if (value !== UNKNOWN) return value;
      const index = candidates.findIndex(
        (candidate) => !grantKeys(statement, part, candidate).some((key) => usedGrants.has(key)),
      );
      const [candidate] = index < 0 ? [] : candidates.splice(index, 1);
      if (candidate === undefined) return value;
      for (const key of grantKeys(statement, part, candidate)) usedGrants.add(key);
      return candidate;
    });
  };
  return after.map((statement) => {
    if (statement.negated || !hasUnknownPart(statement)) return statement;
    const oldStatements = before.filter(
      (old) => !old.negated && old.effect === statement.effect && sharesAction(old, statement),
    );
    const oldValues = (part: Part) => unique(oldStatements.flatMap((old) => old[part]));
    const resources = fill(statement, 'resources', statement.resources, oldValues('resources'));
    const principals = fill(statement, 'principals', statement.principals, oldValues('principals'));
    const conditions = statement.conditions.map(({ test, values }): Condition => {
      const oldConditions = oldStatements.flatMap((old) => old.conditions).filter((old) => old.test === test);
      return { test, values: fill(statement, test, values, unique(oldConditions.flatMap((old) => old.values))) };
    });
    return { ...statement, resources, principals, conditions };
  });
}

function hasUnknownPart(statement: Statement): boolean {
  return (
    PARTS.some((part) => statement[part].includes(UNKNOWN)) ||
    statement.conditions.some(({ values }) => values.includes(UNKNOWN))
  );
}

export interface UnknownPart {
  readonly part: Part;
  /** Number of unknown members. */
  readonly count: number;
  /** Old members that no known new member covers. An unknown member may replace them. */
  readonly removed: readonly string[];
}

/** Finds the parts of Allow statements that are still unknown. */
export function unknownParts(before: Policy, after: Policy): UnknownPart[] {
  const [oldStatements, newStatements] = [before, after].map((policy) =>
    policy.filter(({ effect, negated }) => effect === 'Allow' && !negated),
  );
  return PARTS.flatMap((part): UnknownPart[] => {
    const members = (newStatements ?? []).flatMap((statement) => statement[part]);
    const known = members.filter((value) => value !== UNKNOWN);
    const count = members.length - known.length;
    if (count === 0) return [];
    const removed = unique((oldStatements ?? []).flatMap((statement) => statement[part]))
      .filter((value) => typeof value === 'string')
      .filter((value) => !known.some((wide) => covers(wide, value)));
    return [{ part, count, removed }];
  });
}

/** Makes a key for each grant of the statement that has `value` in `part`. `part` may be the test of a condition. */
function grantKeys(statement: Statement, part: string, value: Value): string[] {
  const members = (name: Part) => (name === part ? [value] : statement[name]);
  return members('principals').flatMap((principal) =>
    members('actions').flatMap((action) =>
      members('resources').map((resource) =>
        canonicalJson([
          ...[statement.effect ?? null, part, value, principal, action, resource],
          statement.conditions.map(({ test, values }) => [test, test === part ? [] : values]),
        ]),
      ),
    ),
  );
}

function sharesAction(a: Statement, b: Statement): boolean {
  return a.actions.some((action) => b.actions.some((other) => covers(action, other) || covers(other, action)));
}

/** Whether a pattern with `*` and `?` covers another pattern. An unknown value covers every value, and every value covers it. */
function covers(pattern: Value, value: Value): boolean {
  return typeof pattern !== 'string' || typeof value !== 'string' || coversPattern(pattern, value);
}
