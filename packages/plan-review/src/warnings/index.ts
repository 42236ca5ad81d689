/** All warnings about a plan. */
import type { Plan } from '../model';
import { access } from './access';
import { callers } from './callers';
import { dataLoss } from './data-loss';
import type { Finding, Rule } from './finding';
import { policies } from './policies';

const RULES: readonly Rule[] = [dataLoss, policies, access, callers];

/** In the order of the plan's changes. */
export function findingsOf(plan: Plan): Finding[] {
  return plan.changes.flatMap((change) => RULES.flatMap((rule) => rule(change, plan)));
}
