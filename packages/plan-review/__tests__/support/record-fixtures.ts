/**
 * Copies a folder of plans (the output of `terraform show -json`, as *.json) into fixtures/:
 *
 *   npx jiti packages/plan-review/__tests__/support/record-fixtures.ts FOLDER
 *
 * It keeps the parts that a summary uses: changes, drift, outputs, regions and references.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { referencesIn } from '../../src/read/expressions';
import type { RawPlan } from '../../src/read/schema';

const FIXTURES = path.join(__dirname, '../fixtures');

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('No folder was passed. Pass the folder with the plans.');

for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
  const plan = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as RawPlan;
  writeFileSync(path.join(FIXTURES, name), `${JSON.stringify(reducePlan(plan))}\n`);
  console.log(name);
}

function reducePlan(plan: RawPlan): Partial<RawPlan> {
  const { configuration, resource_changes: changes = [], resource_drift: drift, ...others } = plan;
  const kept = changes.filter(({ change }) => change.actions[0] !== 'no-op');
  const changedAddresses = new Set(kept.map(({ address }) => address));
  // The roles are examples of irrelevant drift.
  const keptDrift = drift?.filter(
    ({ address, type, change }) =>
      changedAddresses.has(address) || change.actions[0] === 'delete' || type === 'aws_iam_role',
  );
  return {
    ...Object.fromEntries(Object.entries(others).filter(([key]) => !['planned_values', 'prior_state'].includes(key))),
    resource_changes: kept,
    ...(keptDrift && { resource_drift: keptDrift }),
    configuration: {
      provider_config: mapValues(configuration?.provider_config, ({ expressions }) => ({
        expressions: { ...(expressions?.['region'] !== undefined && { region: expressions['region'] }) },
      })),
      root_module: { resources: (configuration?.root_module?.resources ?? []).map(referencesOnly) },
    },
  };
}

type Resource = NonNullable<NonNullable<NonNullable<RawPlan['configuration']>['root_module']>['resources']>[number];

function referencesOnly({ address, expressions }: Resource): Resource {
  const references = mapValues(expressions, (value) => ({ references: referencesIn(value) }));
  return {
    address,
    expressions: Object.fromEntries(Object.entries(references).filter(([, value]) => value.references.length > 0)),
  };
}

function mapValues<T, U>(record: Readonly<Record<string, T>> = {}, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
