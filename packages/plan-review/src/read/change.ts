/** Reads one change of a plan. Marks replace unknown and sensitive values. */
import type { Action, Change } from '../model/plan';
import type { Value } from '../model/value';
import { maskSides, sensitiveTexts } from './mask';
import type { RawChange, RawPlan, RawResource } from './schema';

/** Sensitive attributes that the AWS provider (5.100) does not mark. A usage plan key repeats the API key's value. */
const UNMARKED_SENSITIVE: Readonly<Record<string, Value>> = { aws_api_gateway_usage_plan_key: { value: true } };

const ACTION_BY_RAW_ACTIONS: Readonly<Record<string, Action>> = {
  'no-op': 'none',
  create: 'create',
  read: 'read',
  update: 'change',
  delete: 'delete',
  forget: 'forget',
  'delete,create': 'replace',
  'create,delete': 'replace',
  // The old resource stays in AWS, but leaves the state.
  'create,forget': 'replace',
};

/** Collects the secrets of a plan. @returns a function that reads one change of the plan and hides these secrets */
export function changeReader(plan: RawPlan): (resource: RawResource) => Change {
  const changes = [
    ...[...(plan.resource_changes ?? []), ...(plan.resource_drift ?? [])].map(({ change }) => change),
    ...Object.values(plan.output_changes ?? {}),
  ];
  const secrets = new Set(
    changes.flatMap((change) => [
      ...sensitiveTexts(change.before ?? null, change.before_sensitive ?? false),
      ...sensitiveTexts(change.after ?? null, change.after_sensitive ?? false),
    ]),
  );
  return (resource) => readChange(resource, secrets);
}

function readChange(
  { address, deposed, type, previous_address: movedFrom, change }: RawResource,
  secrets: ReadonlySet<string>,
): Change {
  const { actions, importing } = change;
  const [before, after] = readSides(change, type, secrets);
  return {
    address: deposed === undefined ? address : `${address} (deposed ${deposed})`,
    type,
    action: ACTION_BY_RAW_ACTIONS[actions.join()] ?? 'none',
    createFirst: actions.length > 1 && actions[0] === 'create',
    before,
    after,
    forcedBy: change.replace_paths ?? [],
    ...(movedFrom !== undefined && movedFrom !== address && { movedFrom }),
    ...(importing && { importedFrom: importing.id ?? '(known after apply)' }),
  };
}

function readSides(
  { before = null, after = null, ...change }: RawChange,
  type: string,
  secrets: ReadonlySet<string>,
): readonly [before: Value, after: Value] {
  const marks = {
    unknown: change.after_unknown ?? false,
    sensitiveBefore: change.before_sensitive ?? false,
    sensitiveAfter: change.after_sensitive ?? false,
  };
  const [oldValue, newValue] = maskSides(before, after, marks, secrets);
  const unmarked = UNMARKED_SENSITIVE[type] ?? false;
  const unmarkedOnly = { unknown: false, sensitiveBefore: unmarked, sensitiveAfter: false };
  return maskSides(oldValue, newValue, unmarkedOnly, new Set());
}
