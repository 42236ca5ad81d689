/**
 * What of a policy is known only after the apply. The ARN of a table that is replaced is as little known as that of a table
 * that is new: the one takes the place of what the policy reached before, and only the other is more.
 */
import type { Plan } from '../model';
import { code } from '../text';
import { attribute, canonical, isObject, UNKNOWN, type Value } from '../value';
import { type Condition, covers, type Policy, type Statement } from './policy';

/** Whether a value from before the change is of something that the change leaves in place, with another ARN or id. */
export type Stays = (value: string) => boolean;

const MEMBERS = ['resources', 'principals', 'actions'] as const;
type Members = (typeof MEMBERS)[number];

/**
 * @param references what the policy is made from, where the plan tells: what is not among it cannot stay in the policy
 */
export function staying(plan: Plan, references: readonly string[]): Stays {
  // What was deleted outside Terraform is created again: its old values are in the drift.
  const deleted = new Map(plan.drift.map(({ address, before }) => [address, before]));
  const texts = plan.changes
    .filter(({ address }) => references.length === 0 || references.includes(address.replace(/\[[^\]]*\]$/, '')))
    .flatMap(({ action, address, before, after }) =>
      becomingUnknown(action === 'create' ? (deleted.get(address) ?? null) : before, after),
    );
  // Whole names: the table `items` is not in the ARN of the table `items-archive`.
  const patterns = texts.map((text) => new RegExp(`(?<![\\w.-])${text.replace(/\W/g, '\\$&')}(?![\\w.-])`));
  return (value) => patterns.some((pattern) => pattern.test(value));
}

function becomingUnknown(before: Value, after: Value): string[] {
  if (!isObject(before)) return [];
  return Object.entries(before)
    .filter(([name]) => /^(id|name)$|(^|_)(arn|id)$/.test(name) && attribute(after, name) === UNKNOWN)
    .map(([, value]) => value)
    .filter((value) => typeof value === 'string' && value !== '') as string[];
}

/** The policy with what it had before in the place of what is not known yet, as far as that stays. */
export function withStayed(before: Policy, policy: Policy, stays: Stays): Policy {
  const taken = new Set(
    policy.flatMap((statement) =>
      MEMBERS.flatMap((name) => statement[name].flatMap((value) => uses(statement, name, value))),
    ),
  );
  /** What a statement had stands for one unknown member of one statement, or a second one would hide behind it. */
  const filled = (list: readonly Value[], old: readonly Value[], usesOf: (value: Value) => readonly string[]) => {
    const free = old.filter((value) => typeof value === 'string' && stays(value) && !list.includes(value));
    return list.map((value) => {
      if (value !== UNKNOWN) return value;
      const index = free.findIndex((one) => !usesOf(one).some((use) => taken.has(use)));
      const [found] = index < 0 ? [] : free.splice(index, 1);
      if (found === undefined) return value;
      for (const use of usesOf(found)) taken.add(use);
      return found;
    });
  };
  return policy.map((statement) => {
    if (statement.negated) return statement;
    const olds = before.filter((old) => !old.negated && old.effect === statement.effect && shareAction(old, statement));
    const of = (name: Members) => unique(olds.flatMap((old) => old[name]));
    const resources = filled(statement.resources, of('resources'), (value) => uses(statement, 'resources', value));
    const principals = filled(statement.principals, of('principals'), (value) => uses(statement, 'principals', value));
    const conditions = statement.conditions.map(({ test, values }): Condition => {
      const had = olds.flatMap((old) => old.conditions).filter((old) => old.test === test);
      return {
        test,
        values: filled(values, unique(had.flatMap((old) => old.values)), (value) => uses(statement, test, value)),
      };
    });
    return { ...statement, resources, principals, conditions };
  });
}

/** What more is allowed, of which the plan tells no more than how much of it there is. */
export function unknownGains(before: Policy, after: Policy): string[] {
  const [old, now] = [before, after].map((policy) =>
    policy.filter(({ effect, negated }) => effect === 'Allow' && !negated),
  );
  const texts = { resources: 'reaches resources', principals: 'lets in principals', actions: 'allows actions' };
  return MEMBERS.flatMap((name) => {
    const members = (now ?? []).flatMap((statement) => statement[name]);
    const count = members.filter((value) => value === UNKNOWN).length;
    if (count === 0) return [];
    const known = members.filter((value) => value !== UNKNOWN);
    const gone = unique((old ?? []).flatMap((statement) => statement[name]))
      .filter((value) => typeof value === 'string')
      .filter((value) => !known.some((wide) => covers(wide, value)));
    const than = gone.length === 0 ? ' more' : `, and no longer ${gone.map((value) => code(value)).join(', ')}`;
    return [`${texts[name]} known only after the apply: ${count}${than}`];
  });
}

/** One text for each thing that the statement allows with a value in one of its parts. */
function uses(statement: Statement, part: string, value: Value): string[] {
  const of = (name: Members) => (name === part ? [value] : statement[name]);
  return of('principals').flatMap((principal) =>
    of('actions').flatMap((action) =>
      of('resources').map((resource) =>
        canonical([
          ...[statement.effect ?? null, part, value, principal, action, resource],
          statement.conditions.map(({ test, values }) => [test, test === part ? [] : values]),
        ]),
      ),
    ),
  );
}

function shareAction(a: Statement, b: Statement): boolean {
  return a.actions.some((one) => b.actions.some((other) => covers(one, other) || covers(other, one)));
}

function unique(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
