/** Finds all warnings about a plan. To add a kind of check, write a rule and list it in RULES. */
import type { Plan } from '../model/plan';
import { maskedPlan } from '../redact/masked-plan';
import { accessRule } from './access';
import { callersRule } from './callers';
import { dataLossRule } from './data-loss';
import { policiesRule } from './policies';
import { protectionRule } from './protection';
import type { Rule, Warning } from './warning';

const RULES: readonly Rule[] = [dataLossRule, protectionRule, policiesRule, accessRule, callersRule];

/** The warnings, in the order of the plan's changes. */
export function warningsOf(realPlan: Plan): Warning[] {
  const plan = maskedPlan(realPlan);
  return plan.changes.flatMap((change) => RULES.flatMap((rule) => rule(change, plan)));
}
