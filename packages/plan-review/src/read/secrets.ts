/** Collects the sensitive texts of a plan. The same secret may also occur at a place without a mark. */
import { type Hidden, hiddenMember, uniteMarks } from '../model/hidden';
import type { Change, Plan } from '../model/plan';
import { attribute, isList, isObject, type Value } from '../model/value';
import { readStateOutputs, readStateResources } from './prior-state';
import type { RawPlan } from './raw-plan';

export function readSecrets(
  plan: RawPlan,
  changes: readonly Change[],
  { providers, invocations, variables }: Pick<Plan, 'providers' | 'invocations' | 'variables'>,
): string[] {
  const secrets = [
    ...changes.flatMap(({ before, after, hidden }) => [before, after].flatMap((side) => textsIn(side, hidden))),
    ...changes.flatMap(({ writeOnly }) => textsIn(writeOnly, true)),
    ...[...providers, ...invocations].flatMap(({ settings, hidden }) => textsIn(settings, hidden)),
    // Data sources that Terraform read for the plan are only in the state.
    ...readStateResources(plan).flatMap((resource) =>
      markedTexts(attribute(resource, 'values'), attribute(resource, 'sensitive_values')),
    ),
    ...Object.values(readStateOutputs(plan)).flatMap((output) =>
      markedTexts(attribute(output, 'value'), attribute(output, 'sensitive')),
    ),
    ...variables.flatMap(({ value, hidden }) => textsIn(value, hidden)),
  ];
  return [...new Set(secrets)];
}

/** The texts of a value with Terraform's marks. */
function markedTexts(value: Value = null, marks: Value = false): string[] {
  return textsIn(value, uniteMarks(value, value, marks, false));
}

function textsIn(value: Value, hidden: Hidden): string[] {
  if (hidden === false) return [];
  if (typeof value === 'string') return hidden === true ? [value] : [];
  if (!isList(value) && !isObject(value)) return [];
  return Object.entries(value).flatMap(([step, part]: [string, Value]) => textsIn(part, hiddenMember(hidden, step)));
}
