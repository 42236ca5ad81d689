/** Collects the sensitive texts of a plan. The same secret may also stand at a place without a mark. */
import { type Hidden, hiddenMember } from '../model/hidden';
import type { Change, Plan } from '../model/plan';
import { isList, isObject, type Value } from '../model/value';

export function readSecrets(
  changes: readonly Change[],
  { providers, invocations, variables }: Pick<Plan, 'providers' | 'invocations' | 'variables'>,
): string[] {
  const secrets = [
    ...changes.flatMap(({ before, after, hidden }) => [before, after].flatMap((side) => textsIn(side, hidden))),
    ...[...providers, ...invocations].flatMap(({ settings, hidden }) => textsIn(settings, hidden)),
    ...variables.flatMap(({ value, hidden }) => textsIn(value, hidden)),
  ];
  return [...new Set(secrets)];
}

function textsIn(value: Value, hidden: Hidden): string[] {
  if (hidden === false) return [];
  if (typeof value === 'string') return hidden === true ? [value] : [];
  if (!isList(value) && !isObject(value)) return [];
  return Object.entries(value).flatMap(([step, part]: [string, Value]) => textsIn(part, hiddenMember(hidden, step)));
}
