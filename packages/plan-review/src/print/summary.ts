/** Formats plans as one Markdown text for a reviewer. Warnings and counts come first. A long summary omits attributes. */
import { ACTIONS, type Plan } from '../model/plan';
import { PlanError } from '../plan-error';
import { maskedPlan } from '../redact/masked-plan';
import { digestOfPlan, digestOfPlans } from '../review/digest';
import type { ReviewKey } from '../review/key';
import { formatReviewRecord } from '../review/record';
import { countsText, withAction } from './counts';
import { type SummaryParts, stackSection } from './stack-section';
import { warningBlocks } from './warning-blocks';

export interface SummaryOptions {
  /** The commit that the plans were made for. @default none: `plan-review --commit` then reports a difference */
  readonly commit?: string | undefined;
  /** The maximum length of the text, in bytes of UTF-8. @default DEFAULT_LIMIT */
  readonly limit?: number;
  /** Markdown that stands before the plans, after the title. @default none */
  readonly first?: string;
  /** Hashes sensitive values for the digest. @default none: a plan with sensitive values is refused */
  readonly key?: ReviewKey | undefined;
}

/** A GitHub comment has at most 65,536 characters. The remaining space is for text that a workflow adds. */
export const DEFAULT_LIMIT = 64_000;

interface Form {
  /** The omitted parts, for the note in the summary; empty if the summary is complete. */
  readonly omitted: string;
  readonly parts: SummaryParts;
  /** Whether the review record contains addresses. Without addresses, `plan-review` cannot locate a difference. */
  readonly recordsAddresses: boolean;
}

const ALL: SummaryParts = {
  createdAttributes: true,
  changedAttributes: true,
  otherAttributes: true,
  createdRows: true,
  otherRows: true,
};
const NO_ATTRIBUTES: SummaryParts = {
  ...ALL,
  createdAttributes: false,
  changedAttributes: false,
  otherAttributes: false,
};
const NO_ROWS: SummaryParts = { ...NO_ATTRIBUTES, createdRows: false, otherRows: false };

/** The forms of a summary, from long to short. The first form within the limit is used. */
const FORMS: readonly Form[] = [
  { omitted: '', parts: ALL, recordsAddresses: true },
  {
    omitted: 'the attributes of created resources',
    parts: { ...ALL, createdAttributes: false },
    recordsAddresses: true,
  },
  {
    omitted: 'the attributes of created and changed resources',
    parts: { ...ALL, createdAttributes: false, changedAttributes: false },
    recordsAddresses: true,
  },
  { omitted: 'all attributes', parts: NO_ATTRIBUTES, recordsAddresses: true },
  {
    omitted: 'all attributes and created resources',
    parts: { ...NO_ATTRIBUTES, createdRows: false },
    recordsAddresses: true,
  },
  { omitted: 'everything except counts and warnings', parts: NO_ROWS, recordsAddresses: true },
  { omitted: 'everything except counts and warnings', parts: NO_ROWS, recordsAddresses: false },
];

/**
 * Summarizes the plans of all stacks. The text ends with the review record. The order of the plans does not change the
 * text.
 * @throws PlanError for two plans of one stack, for an HTML comment in `first`, or when warnings, counts and digest exceed the limit
 * @example summarize([readPlan('plans/items.json')], { commit: 'aa0f…' })
 */
export function summarize(
  plans: readonly Plan[],
  { commit, limit = DEFAULT_LIMIT, first = '', key }: SummaryOptions = {},
): string {
  // A comment in it could hide the plans, or look like a review record.
  if (first.includes('<!--')) throw new PlanError('The text before the plans contains an HTML comment. Remove it.');
  const sorted = [...plans].sort((a, b) => (a.name < b.name ? -1 : 1));
  let size = 0;
  for (const form of FORMS) {
    const text = render(sorted, key, commit, first.trim(), form);
    size = Buffer.byteLength(text);
    if (size <= limit) return text;
  }
  throw new PlanError(
    `Even without attributes, the summary needs ${size} bytes; the limit is ${limit}. Raise --limit, or pass fewer plans.`,
  );
}

function render(
  realPlans: readonly Plan[],
  key: ReviewKey | undefined,
  commit: string | undefined,
  first: string,
  { omitted, parts, recordsAddresses }: Form,
): string {
  const plans = realPlans.map(maskedPlan);
  return [
    `## Terraform plan: ${countsText(plans.flatMap(({ changes }) => changes))}`,
    ...(first === '' ? [] : [first]),
    ...warningBlocks(plans),
    ...(omitted === '' ? [] : [shortenedNote(omitted)]),
    ...(plans.length > 1 ? [stackTable(plans, realPlans, key)] : []),
    ...plans.flatMap((plan) => stackSection(plan, parts)),
    `Digest \`sha256:${digestOfPlans(realPlans, key)}\`${commit === undefined ? '' : ` · commit ${commit}`}`,
    `${formatReviewRecord(realPlans, commit, key, recordsAddresses)}\n`,
  ].join('\n\n');
}

function shortenedNote(omitted: string): string {
  return [
    '> [!NOTE]',
    `> Shortened to fit a comment, without ${omitted}. To see everything, run \`npx plan-summary --limit 99999999\``,
    '> with the same plans, or `terraform show` for each. The digest covers everything.',
  ].join('\n');
}

function stackTable(plans: readonly Plan[], realPlans: readonly Plan[], key: ReviewKey | undefined): string {
  const actions = ACTIONS.filter(
    (action) =>
      !['forget', 'recreate'].includes(action) || plans.some(({ changes }) => withAction(changes, action).length > 0),
  );
  const rows = plans.map((plan, index) => {
    const cells = actions.map((action) => {
      const count = withAction(plan.changes, action).length;
      if (count === 0) return '-';
      return action === 'replace' || action === 'delete' ? `**${count}**` : String(count);
    });
    return `| ${plan.name} | ${cells.join(' | ')} | \`${digestOfPlan(realPlans[index] ?? plan, key).slice(0, 16)}\` |`;
  });
  return [
    `| stack | ${actions.join(' | ')} | digest |`,
    `| --- |${actions.map(() => ' --: |').join('')} --- |`,
    ...rows,
  ].join('\n');
}
