/** Reads the changes of a plan, with nothing sensitive in them. */
import { masked, secretsIn } from './mask';
import type { Action, Change } from './model';
import type { RawChange, RawPlan, RawResource } from './schema';
import type { Value } from './value';

/** What the AWS provider (5.100) forgets to mark as sensitive: the value of the key, which the key itself marks. */
const UNMARKED: Readonly<Record<string, Value>> = { aws_api_gateway_usage_plan_key: { value: true } };

const KINDS: Readonly<Record<string, Action>> = {
  'no-op': 'none',
  create: 'create',
  read: 'read',
  update: 'change',
  delete: 'delete',
  forget: 'forget',
  'delete,create': 'replace',
  'create,delete': 'replace',
  // The old one stays, and out of the state.
  'create,forget': 'replace',
};

/** @returns a function that reads one change of this plan */
export function changeReader(plan: RawPlan): (resource: RawResource) => Change {
  const changes = [
    ...[...(plan.resource_changes ?? []), ...(plan.resource_drift ?? [])].map(({ change }) => change),
    ...Object.values(plan.output_changes ?? {}),
  ];
  const secrets = new Set(
    changes.flatMap(({ before = null, after = null, before_sensitive: old = false, after_sensitive: now = false }) => [
      ...secretsIn(before, old),
      ...secretsIn(after, now),
    ]),
  );
  return (resource) => changeOf(resource, secrets);
}

function changeOf(
  { address, deposed, type, previous_address: movedFrom, change }: RawResource,
  secrets: ReadonlySet<string>,
): Change {
  const { actions, importing } = change;
  const [before, after] = sides(change, type, secrets);
  return {
    address: deposed === undefined ? address : `${address} (deposed ${deposed})`,
    type,
    action: KINDS[actions.join()] ?? 'none',
    createFirst: actions.length > 1 && actions[0] === 'create',
    before,
    after,
    forcedBy: change.replace_paths ?? [],
    ...(movedFrom !== undefined && movedFrom !== address && { movedFrom }),
    ...(importing && { importedFrom: importing.id ?? '(known after apply)' }),
  };
}

function sides(
  { before = null, after = null, ...change }: RawChange,
  type: string,
  secrets: ReadonlySet<string>,
): readonly [Value, Value] {
  const marks = {
    unknown: change.after_unknown ?? false,
    sensitiveBefore: change.before_sensitive ?? false,
    sensitiveAfter: change.after_sensitive ?? false,
  };
  const [old, now] = masked(before, after, marks, secrets);
  const forgotten = UNMARKED[type] ?? false;
  return masked(old, now, { unknown: false, sensitiveBefore: forgotten, sensitiveAfter: false }, new Set());
}
