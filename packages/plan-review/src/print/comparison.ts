/** Formats a comparison with the reviewed plans, for a terminal or a log. */
import type { AddressDifference, Comparison, StackComparison } from '../review/compare';
import { maskedPlan } from '../redact/masked-plan';
import { changeLines } from './attributes';
import { lineText } from '../escape';

/**
 * Says that the plans equal the reviewed plans, or lists the differences.
 * @param names the names of the compared stacks
 */
export function comparisonText(comparison: Comparison, names: readonly string[]): string {
  if (comparison.same) return `The plan equals the reviewed plan: ${names.join(', ')} (sha256:${comparison.digest}).`;
  const { commit, stacks } = comparison;
  const commitLine =
    commit && `  The review was made for ${commitText(commit.reviewed)}, this plan for commit ${commit.now}.`;
  return [
    'The plan differs from the reviewed plan.',
    ...(commitLine === undefined ? [] : [commitLine]),
    ...stacks.flatMap(stackLines),
    '',
    'Do not apply this plan. Make a new summary with plan-summary, and have it reviewed first.',
  ].join('\n');
}

const DIFFERENCE_TEXTS: Readonly<Record<AddressDifference['kind'], (difference: AddressDifference) => string>> = {
  added: ({ now }) => `not in the reviewed plan, now ${actionText(now)}`,
  removed: ({ reviewed }) => `no longer in the plan, reviewed as ${actionText(reviewed)}`,
  action: ({ reviewed, now }) => `reviewed as ${actionText(reviewed)}, now ${actionText(now)}`,
  values: ({ now }) => `${actionText(now)}, with values that differ from the reviewed values`,
};

function stackLines({ name, plan: realPlan, reviewed, differences }: StackComparison): string[] {
  const plan = realPlan && maskedPlan(realPlan);
  if (!plan) return ['', `${name}: was reviewed, but has no new plan.`];
  if (!reviewed) return ['', `${name}: was not reviewed.`];
  if (differences.length === 0) {
    return ['', `${name}: differs`, '  The reviewed summary had no space for addresses. Compare the summaries.'];
  }
  const changes = [...plan.changes, ...plan.reads, ...plan.outputs];
  const lines = differences.flatMap((difference) => {
    const change = changes.find(({ address }) => address === difference.address);
    const attributes = change ? changeLines(plan, change).slice(1) : [];
    return [
      `  ${lineText(difference.address)}: ${DIFFERENCE_TEXTS[difference.kind](difference)}`,
      ...attributes.map((line) => `      ${line}`),
    ];
  });
  const places = differences.length === 1 ? 'one place' : `${differences.length} places`;
  return ['', `${name}: differs in ${places}`, ...lines];
}

function commitText(commit: string | undefined): string {
  return commit === undefined ? 'no commit' : `commit ${commit}`;
}

function actionText(action = ''): string {
  return action === 'none' ? 'nothing to do' : action;
}
