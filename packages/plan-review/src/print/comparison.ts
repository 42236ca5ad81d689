/** Formats a comparison with a reviewed summary, for a terminal or a log. */
import { lineText } from '../escape';
import type { Change } from '../model/plan';
import { Redactor } from '../redact/redactor';
import type { AddressDifference, Comparison, StackComparison, TextDifference } from '../review/compare';
import { PlanPrinter } from './plan-printer';
import type { DiffLine } from './document';

/** Says that the plans equal the reviewed plans, or lists the differences. */
export function comparisonText(comparison: Comparison): string {
  const { commit, keys, stacks, text } = comparison;
  if (comparison.same) {
    return `The plan equals the reviewed plan: ${comparison.names.join(', ')} (sha256:${comparison.digest}).`;
  }
  const redactor = new Redactor(stacks.flatMap(({ plan }) => plan?.secrets ?? []));
  return [
    text ? 'The text is not the summary of this plan.' : 'The plan differs from the reviewed plan.',
    ...(commit
      ? [`  The review was made for ${commitText(commit.reviewed)}, this plan for commit ${commit.now}.`]
      : []),
    ...(keys
      ? [
          `  The review was made with ${keyText(keys.reviewed)}, this comparison with ${keyText(keys.now)}:`,
          '  sensitive values cannot be compared. Pass the key of the review with --key.',
        ]
      : []),
    ...(text ? textLines(text) : []),
    ...stacks.flatMap((stack) => stackLines(stack, redactor)),
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

function textLines(text: TextDifference): string[] {
  if (text.kind === 'unsealed') {
    return [
      `  It also contains ${text.stacks.join(', ')}, without changes now: this part cannot be made again.`,
      '  The review record has no seal of your key, so the text may have been changed.',
    ];
  }
  return [
    `  The first different line is line ${text.line}:`,
    `      - ${lineText(text.reviewed)}`,
    `      + ${lineText(text.expected)}`,
  ];
}

function stackLines({ name, plan, reviewed, differences }: StackComparison, redactor: Redactor): string[] {
  // A reviewed name comes from the record, which anybody can write.
  const shownName = lineText(name);
  if (!plan) return ['', `${shownName}: was reviewed, but has no new plan.`];
  if (!reviewed) return ['', `${shownName}: was not reviewed.`];
  if (differences.length === 0) {
    return ['', `${shownName}: differs`, '  The reviewed summary had no space for addresses. Compare the summaries.'];
  }
  const printer = new PlanPrinter(plan, redactor);
  const changes = new Map([...plan.changes, ...plan.reads, ...plan.outputs].map((change) => [change.address, change]));
  const lines = differences.flatMap((difference) => [
    `  ${lineText(difference.address)}: ${DIFFERENCE_TEXTS[difference.kind](difference)}`,
    ...detailLines(changes.get(difference.address), printer).map(({ sign, text }) => `      ${sign} ${text}`),
  ]);
  const places = differences.length === 1 ? 'one place' : `${differences.length} places`;
  return ['', `${shownName}: differs in ${places}`, ...lines];
}

function detailLines(change: Change | undefined, printer: PlanPrinter): readonly DiffLine[] {
  if (!change) return [];
  return change.type === 'output' ? printer.output(change) : printer.change(change).lines.slice(1);
}

function commitText(commit: string | undefined): string {
  return commit === undefined ? 'no commit' : `commit ${lineText(commit)}`;
}

function keyText(key: string | undefined): string {
  return key === undefined ? 'no key' : `the key ${lineText(key)}`;
}

function actionText(action = ''): string {
  return action === 'none' ? 'nothing to do' : lineText(action);
}
