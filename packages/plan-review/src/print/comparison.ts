/** Formats a comparison with a reviewed summary, for a terminal or a log. */
import { lineText } from '../escape';
import type { Change } from '../model/plan';
import { Redactor } from '../redact/redactor';
import type { AddressDifference, Comparison, StackComparison, TextDifference } from '../review/compare';
import { entryLines } from './configuration-section';
import type { DiffLine } from './document';
import { PlanPrinter } from './plan-printer';
import { otherProvider } from './provider-names';

/** Says that the plans equal the reviewed plans, or lists the differences. */
export function comparisonText(comparison: Comparison): string {
  const { commit, keys, stacks, text } = comparison;
  if (comparison.same) {
    return `The plan equals the reviewed plan: ${comparison.plans.map(({ name }) => name).join(', ')} (sha256:${comparison.digest}).`;
  }
  const redactor = new Redactor(comparison.secrets);
  return [
    text ? 'The text is not the summary of this plan.' : 'The plan differs from the reviewed plan.',
    ...(commit
      ? [`  The review was made for ${commitText(commit.reviewed)}, this plan for commit ${commit.now}.`]
      : []),
    ...(keys
      ? [
          `  The review was made with ${keyText(keys.reviewed)}, this comparison with ${keyText(keys.now)}:`,
          '  sensitive values cannot be compared, and are reported as different.',
        ]
      : []),
    ...(text ? textLines(text) : []),
    ...stacks.flatMap((stack) => stackLines(stack, redactor)),
    ...renamedLines(stacks),
    '',
    keys?.reviewed !== undefined
      ? 'Do not apply this plan. Compare it again, and pass the key of the review with --key.'
      : 'Do not apply this plan. Make a new summary with plan-summary, and have it reviewed first.',
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
  if (text.kind === 'shortened') {
    return [
      '  It omits parts of the plan that a summary has space for, and its review record has no seal of your key.',
      '  Make the summary without --limit, or pass the key of the review with --key.',
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
    return [
      '',
      `${shownName}: differs`,
      '  The review record does not say where. The summary had no space for addresses, or only one plan is refresh-only.',
    ];
  }
  const printer = new PlanPrinter(plan, redactor);
  const lines = differences.flatMap((difference) => [
    `  ${lineText(difference.address)}: ${DIFFERENCE_TEXTS[difference.kind](difference)}`,
    ...detailLines(difference.address, printer).map(({ sign, text }) => `      ${sign} ${text}`),
  ]);
  // The record has only a hash of each address: the reviewed values cannot be shown.
  const legend = lines.some((line) => line.startsWith('      '))
    ? ['  The lines show all values of the new plan: - before, + after its apply. The review record has no values.']
    : [];
  const places = differences.length === 1 ? 'one place' : `${differences.length} places`;
  return ['', `${shownName}: differs in ${places}`, ...legend, ...lines];
}

/** If exactly one reviewed stack has no plan, and exactly one plan was not reviewed, shows how to pass the reviewed name. */
function renamedLines(stacks: readonly StackComparison[]): string[] {
  const [missing, ...otherMissing] = stacks.filter(({ plan }) => !plan);
  const [extra, ...otherExtra] = stacks.filter(({ reviewed }) => !reviewed);
  if (!missing || !extra || otherMissing.length + otherExtra.length > 0) return [];
  return [`If ${extra.name} is the plan of ${lineText(missing.name)}, pass it as ${lineText(missing.name)}=FILE.`];
}

function detailLines(address: string, printer: PlanPrinter): readonly DiffLine[] {
  const { changes, reads, outputs, drift, refreshOnly } = printer.plan;
  const change = [...changes, ...reads].find((candidate) => candidate.address === address);
  if (change) return changeLines(change, printer);
  const output = outputs.find((candidate) => candidate.address === address);
  if (output) return printer.output(output);
  const stored = refreshOnly && drift.find((candidate) => candidate.address === address);
  return stored ? printer.drift(stored).lines.slice(1) : entryLines(address, printer);
}

/** The lines of a change. The provider stands in the heading of a change, which is not shown here. */
function changeLines(change: Change, printer: PlanPrinter): readonly DiffLine[] {
  const provider = otherProvider(change);
  const lines = printer.change(change).lines.slice(1);
  return provider === undefined ? lines : [{ sign: ' ', text: `with the provider ${lineText(provider)}` }, ...lines];
}

function commitText(commit: string | undefined): string {
  return commit === undefined ? 'no commit' : `commit ${lineText(commit)}`;
}

function keyText(key: string | undefined): string {
  return key === undefined ? 'no key' : `the key ${lineText(key)}`;
}

function actionText(action = ''): string {
  return action === 'none' ? 'no action' : lineText(action);
}
