/** Refuses to apply a plan when somebody has moved an alias since, because the apply would undo `npm run rollback` without a word. */
import { plannedGroupsOf } from '../canary/planned-shifts';
import { attributes, readPlanJson, resourcesOf } from '../terraform/plan-json';
import type { StackPlan } from '../terraform/plans';
import { functionNameOf, LIVE_ALIAS } from './live-functions';
import type { Versions } from './versions';

/**
 * Compares the aliases that the plans change with their versions now. Terraform compares the plan with its state only, which a
 * rollback does not change. With the setting `canary`, also compares aliases that CodeDeploy moves after the apply: it may move them on
 * meanwhile, but they may not go back.
 * @throws Error when an alias has moved
 */
export async function refuseMovedAliases(plans: readonly StackPlan[], versions: Pick<Versions, 'live'>): Promise<void> {
  for (const { stack, json } of plans) {
    const plan = readPlanJson(json);
    const canaries = new Set(plannedGroupsOf(stack, plan).map(({ functionName }) => functionName));
    for (const { change } of resourcesOf(plan, 'aws_lambda_alias')) {
      const { name, function_name: target, function_version: planned } = attributes(change.before);
      const functionName = functionNameOf(String(target));
      const isUpdated = change.actions.includes('update');
      const isCanary = canaries.has(functionName) && change.after !== null;
      if (name !== LIVE_ALIAS || (!isUpdated && !isCanary)) continue;
      const { version } = await versions.live(functionName);
      if (version === planned || (!isUpdated && Number(version) > Number(planned))) continue;
      throw new Error(
        `Nothing was deployed: live of ${functionName} was at version ${String(planned)} when ${stack} was planned, and is at version ` +
          `${version} now. Somebody moved it, probably with npm run rollback. Run npm run deploy again, and review the new plan.`,
      );
    }
  }
}
