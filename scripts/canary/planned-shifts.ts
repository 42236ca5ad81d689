/** Finds in plans the functions whose alias `live` CodeDeploy moves to a new version. Terraform ignores the version of such an alias. */
import {
  type Attributes,
  attributes,
  isUnknown,
  type PlanJson,
  readPlanJson,
  resourcesOf,
} from '../terraform/plan-json';
import type { StackPlan } from '../terraform/plans';
import { LIVE_ALIAS } from '../versions/live-functions';

/** A CodeDeploy deployment group. It moves the alias of one function, whose name it has. */
export interface CanaryGroup {
  readonly stack: string;
  readonly application: string;
  readonly functionName: string;
  /** The deployment configuration, such as `CodeDeployDefault.LambdaCanary10Percent5Minutes`. */
  readonly config: string;
  /** The version of the alias before the apply. @default the plan creates the alias */
  readonly live?: string;
}

/** A function whose new version the apply publishes. */
export interface PlannedShift extends CanaryGroup {
  readonly live: string;
}

/** Reads the plans, and returns the groups that exist after the apply. */
export function plannedGroups(plans: readonly StackPlan[]): CanaryGroup[] {
  return plans.flatMap(({ stack, json }) => plannedGroupsOf(stack, readPlanJson(json)));
}

/** Reads the plans, and returns the functions whose new versions CodeDeploy must make live after the apply. */
export function plannedShifts(plans: readonly StackPlan[]): PlannedShift[] {
  return plans.flatMap(({ stack, json }) => plannedShiftsOf(stack, readPlanJson(json)));
}

export function plannedGroupsOf(stack: string, plan: PlanJson): CanaryGroup[] {
  return resourcesOf(plan, 'aws_codedeploy_deployment_group').flatMap(({ change }) => {
    const group = groupOf(stack, attributes(change.after));
    if (!group) return [];
    const alias = resourcesOf(plan, 'aws_lambda_alias').find((found) =>
      isLiveOf(group, attributes(found.change.after)),
    );
    const live = alias && attributes(alias.change.after)['function_version'];
    return [typeof live === 'string' ? { ...group, live } : group];
  });
}

/** @returns undefined when the group is deleted */
function groupOf(stack: string, values: Attributes): CanaryGroup | undefined {
  const { app_name: application, deployment_group_name: functionName, deployment_config_name: config } = values;
  if (typeof application !== 'string' || typeof functionName !== 'string') return undefined;
  return { stack, application, functionName, config: String(config) };
}

/** A new alias has the newest version already, so its function is not in the list. */
export function plannedShiftsOf(stack: string, plan: PlanJson): PlannedShift[] {
  return plannedGroupsOf(stack, plan).flatMap(({ live, ...group }) => {
    const target = resourcesOf(plan, 'aws_lambda_function').find(
      ({ change }) => attributes(change.after)['function_name'] === group.functionName,
    );
    if (!target || live === undefined) return [];
    return isUnknown(attributes(target.change.after_unknown)['version']) ? [{ ...group, live }] : [];
  });
}

const isLiveOf = ({ functionName }: CanaryGroup, { name, function_name: target }: Attributes) =>
  name === LIVE_ALIAS && target === functionName;
