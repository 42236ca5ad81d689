/** Refuses to apply a plan when somebody has moved an alias since, because the apply would undo `npm run rollback` without a word. */
import { attributes, readPlanJson, resourcesOf } from '../terraform/plan-json';
import type { StackPlan } from '../terraform/plans';
import { functionNameOf, LIVE_ALIAS } from './live-functions';
import type { Versions } from './versions';

/**
 * Compares the aliases that the plans change with their versions now. Terraform compares the plan with its state only, which a
 * rollback does not change.
 * @throws Error when an alias has moved
 */
export async function refuseMovedAliases(plans: readonly StackPlan[], versions: Pick<Versions, 'live'>): Promise<void> {
  for (const { stack, json } of plans) {
    for (const { change } of resourcesOf(readPlanJson(json), 'aws_lambda_alias')) {
      const { name, function_name: target, function_version: planned } = attributes(change.before);
      if (!change.actions.includes('update') || name !== LIVE_ALIAS) continue;
      const functionName = functionNameOf(String(target));
      const { version } = await versions.live(functionName);
      if (version === planned) continue;
      throw new Error(
        `Nothing was deployed: live of ${functionName} was at version ${String(planned)} when ${stack} was planned, and is at version ` +
          `${version} now. Somebody moved it, probably with npm run rollback. Run npm run deploy again, and review the new plan.`,
      );
    }
  }
}
