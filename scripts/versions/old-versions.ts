/** Deletes old versions of functions. Each deployment of a changed function publishes one, and Terraform never deletes them. */
import { attributes, type PlanJson, readPlanJson, resourcesOf } from '../terraform/plan-json';
import type { StackPlan } from '../terraform/plans';
import { LIVE_ALIAS } from './live-functions';
import type { AliasTarget, Version, Versions } from './versions';

/** Number of versions that stay: `npm run rollback` can go back to them. */
const KEPT_VERSIONS = 10;

/** Returns the versions to delete: all except the ten newest and those that the alias names. @param versions newest first */
export function oldVersions(versions: readonly Version[], { version: live, weighted }: AliasTarget): string[] {
  return versions
    .slice(KEPT_VERSIONS)
    .map(({ version }) => version)
    .filter((version) => version !== live && !weighted.includes(version));
}

/**
 * Deletes the old versions of all functions in the plans. A failure does not fail the deployment: it prints a line, and goes on with
 * the next version.
 * @param plans the applied plans
 */
export async function deleteOldVersions(
  plans: readonly StackPlan[],
  versions: Pick<Versions, 'list' | 'live' | 'delete'>,
): Promise<void> {
  for (const name of plans.flatMap(({ json }) => aliasedFunctions(readPlanJson(json)))) {
    try {
      const old = oldVersions(await versions.list(name), await versions.live(name));
      const deleted: string[] = [];
      for (const version of old) if (await deleteVersion(name, version, versions)) deleted.push(version);
      if (deleted.length > 0) console.log(`${name}: deleted the old versions ${deleted.join(', ')}`);
    } catch (error) {
      const { name: kind, message } = error as Error;
      console.warn(
        `${name}: old versions stay, because Lambda did not list the versions: ${kind}: ${message}. This does no harm. The ` +
          'next npm run deploy tries again.',
      );
    }
  }
}

/** @returns whether Lambda deleted the version */
async function deleteVersion(name: string, version: string, versions: Pick<Versions, 'delete'>): Promise<boolean> {
  try {
    await versions.delete(name, version);
    return true;
  } catch (error) {
    const { name: kind, message } = error as Error;
    const advice = kind === 'ResourceConflictException' ? ' Delete the other alias that names it.' : '';
    console.warn(`${name}: Lambda did not delete version ${version}: ${kind}: ${message}.${advice}`);
    return false;
  }
}

/** The names of the functions that have the alias after the apply. */
export function aliasedFunctions(plan: PlanJson): string[] {
  return resourcesOf(plan, 'aws_lambda_alias')
    .map(({ change }) => attributes(change.after))
    .flatMap(({ name, function_name: target }) => (name === LIVE_ALIAS && typeof target === 'string' ? [target] : []));
}
