/** Finds all warnings about a plan. To warn of something else, add a rule here. */
import type { Plan } from '../model/plan';
import { access } from './access';
import { callers } from './callers';
import { dataLoss } from './data-loss';
import { policies } from './policies';
import { protection } from './protection';
import type { Rule, Warning } from './warning';

const RULES: readonly Rule[] = [dataLoss, protection, policies, access, callers];

/** The warnings, in the order of the plan's changes. */
export function warningsOf(plan: Plan): Warning[] {
  return plan.changes.flatMap((change) => RULES.flatMap((rule) => rule(change, plan)));
}
