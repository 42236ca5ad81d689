/** Formats a comparison with a reviewed summary, for a terminal or a log. */
import { lineText } from '../escape';
import { Redactor } from '../redact/redactor';
import type { Comparison, StackComparison, TextDifference } from '../review/compare';
import { stackComparison } from './stack-comparison';

/** Says that the plans equal the reviewed plans, or lists the differences. */
export function comparisonText(comparison: Comparison): string {
  const { commit, keys, stacks, text } = comparison;
  if (comparison.same) {
    return `The plan equals the reviewed plan: ${comparison.plans.map(({ name }) => name).join(', ')} (sha256:${comparison.digest}).`;
  }
  const redactor = new Redactor(comparison.secrets);
  return [
    headline(text),
    ...(commit
      ? [`  The review was made for ${commitText(commit.reviewed)}, this plan for commit ${commit.now}.`]
      : []),
    ...(keys
      ? [
          `  The review was made with ${keyText(keys.reviewed)}, this comparison with ${keyText(keys.now)}:`,
          '  sensitive values cannot be compared, and count as different.',
        ]
      : []),
    ...(text ? textLines(text) : []),
    ...stacks.flatMap((stack) => stackComparison(stack, comparison, redactor)),
    ...renamedLines(stacks),
    '',
    keys?.reviewed !== undefined
      ? 'Do not apply this plan. Compare it again, and pass the key of the review with --key.'
      : 'Do not apply this plan. Make a new summary with plan-summary, and have it reviewed first.',
  ].join('\n');
}

function headline(text: TextDifference | undefined): string {
  if (text === undefined) return 'The plan differs from the reviewed plan.';
  return text.kind === 'line' ? 'The text is not the summary of this plan.' : 'The reviewed text cannot be verified.';
}

function textLines(text: TextDifference): string[] {
  if (text.kind === 'unsealed') {
    return [
      `  It also describes stacks that have no changes now: ${text.stacks.join(', ')}. plan-review cannot generate this text again.`,
      '  The review record has no seal of your key, so somebody may have changed the text.',
    ];
  }
  if (text.kind === 'shortened') {
    return [
      '  It omits parts that fit into the default limit, and its review record has no seal of your key.',
      '  Make the summary without --limit, or pass the key of the review with --key.',
    ];
  }
  if (text.kind === 'first') {
    return [
      '  It has a text before the plans, and its review record has no seal of your key.',
      '  Pass the key of the review with --key, or make the summary without --first.',
    ];
  }
  return [
    `  The first different line is line ${text.line}:`,
    `      - ${lineText(text.reviewed)}`,
    `      + ${lineText(text.expected)}`,
  ];
}

/** If exactly one reviewed stack has no plan, and exactly one plan was not reviewed, shows how to pass the reviewed name. */
function renamedLines(stacks: readonly StackComparison[]): string[] {
  const [missing, ...otherMissing] = stacks.filter(({ plan }) => !plan);
  const [extra, ...otherExtra] = stacks.filter(({ reviewed }) => !reviewed);
  if (!missing || !extra || otherMissing.length + otherExtra.length > 0) return [];
  return [`If ${extra.name} is the plan of ${lineText(missing.name)}, pass it as ${lineText(missing.name)}=FILE.`];
}

function commitText(commit: string | undefined): string {
  return commit === undefined ? 'no commit' : `commit ${lineText(commit)}`;
}

function keyText(key: string | undefined): string {
  return key === undefined ? 'no key' : `the key ${lineText(key)}`;
}
