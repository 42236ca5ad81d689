/** Deletes old versions of functions. Each deployment of a changed function publishes one, and Terraform never deletes them. */
import { readFileSync } from 'node:fs';
import { attributes, type PlanJson } from '../redeploy/plan-json';
import type { StackPlan } from '../terraform/plans';
import { LIVE_ALIAS } from './live-functions';
import type { Live, Version, Versions } from './versions';

/** Number of versions that stay: `npm run rollback` can go back to them. */
const KEPT_VERSIONS = 10;

/** Returns the versions to delete: all but the newest ten, and but those that the alias names. @param versions newest first */
export function oldVersions(versions: readonly Version[], { version: live, others }: Live): string[] {
  return versions
    .slice(KEPT_VERSIONS)
    .map(({ version }) => version)
    .filter((version) => version !== live && !others.includes(version));
}

/**
 * Deletes the old versions of all functions in the plans. A failure does not fail the deployment: it prints a line.
 * @param plans the applied plans
 */
export async function deleteOldVersions(
  plans: readonly StackPlan[],
  versions: Pick<Versions, 'list' | 'live' | 'delete'>,
): Promise<void> {
  for (const name of plans.flatMap(({ json }) =>
    aliasedFunctions(JSON.parse(readFileSync(json, 'utf8')) as PlanJson),
  )) {
    try {
      const old = oldVersions(await versions.list(name), await versions.live(name));
      for (const version of old) await versions.delete(name, version);
      if (old.length > 0) console.log(`${name}: deleted the old versions ${old.join(', ')}`);
    } catch (error) {
      const { name: kind, message } = error as Error;
      console.warn(`${name}: old versions stay, because of ${kind}: ${message}. The next npm run deploy tries again.`);
    }
  }
}

/** The names of the functions that have the alias after the apply. */
export function aliasedFunctions({ resource_changes: resources = [] }: PlanJson): string[] {
  return resources
    .filter(({ type }) => type === 'aws_lambda_alias')
    .map(({ change }) => attributes(change.after))
    .flatMap(({ name, function_name: target }) => (name === LIVE_ALIAS && typeof target === 'string' ? [target] : []));
}
