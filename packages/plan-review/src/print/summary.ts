/** Formats plans as one Markdown text for a reviewer. Warnings and counts stand first; attributes are left out first. */
import { ACTIONS, type Plan } from '../model/plan';
import { PlanError } from '../plan-error';
import { digestOfPlan, digestOfPlans } from '../review/digest';
import { formatReviewRecord } from '../review/record';
import { countsText, withAction } from './counts';
import { type Parts, stackSection } from './stack-section';
import { warningBlocks } from './warning-blocks';

export interface SummaryOptions {
  /** The commit that the plans were made for. @default none: `plan-review --commit` then reports a difference */
  readonly commit?: string | undefined;
  /** The maximum length of the text, in bytes of UTF-8. @default DEFAULT_LIMIT */
  readonly limit?: number;
}

/** A GitHub comment holds 65,536 characters; the difference is for text that a workflow adds. */
export const DEFAULT_LIMIT = 64_000;

interface Step {
  /** What the summary says it leaves out; empty for nothing. */
  readonly leftOut: string;
  readonly parts: Parts;
  /** Whether the review record contains addresses. Without them it still detects a difference, but cannot name it. */
  readonly recordsAddresses: boolean;
}

const ALL: Parts = {
  createdAttributes: true,
  changedAttributes: true,
  otherAttributes: true,
  createdRows: true,
  otherRows: true,
};
const NO_ATTRIBUTES: Parts = { ...ALL, createdAttributes: false, changedAttributes: false, otherAttributes: false };
const NO_ROWS: Parts = { ...NO_ATTRIBUTES, createdRows: false, otherRows: false };

/** Ever shorter forms of a summary; the first one within the limit is used. */
const STEPS: readonly Step[] = [
  { leftOut: '', parts: ALL, recordsAddresses: true },
  {
    leftOut: 'the attributes of created resources',
    parts: { ...ALL, createdAttributes: false },
    recordsAddresses: true,
  },
  {
    leftOut: 'the attributes of created and changed resources',
    parts: { ...ALL, createdAttributes: false, changedAttributes: false },
    recordsAddresses: true,
  },
  { leftOut: 'all attributes', parts: NO_ATTRIBUTES, recordsAddresses: true },
  {
    leftOut: 'all attributes and created resources',
    parts: { ...NO_ATTRIBUTES, createdRows: false },
    recordsAddresses: true,
  },
  { leftOut: 'everything except counts and warnings', parts: NO_ROWS, recordsAddresses: true },
  { leftOut: 'everything except counts and warnings', parts: NO_ROWS, recordsAddresses: false },
];

/**
 * Summarizes the plans of all stacks. The text ends with the review record. The same plans give the same text, in any
 * order.
 * @throws PlanError for two plans of one stack, or when warnings, counts and digest exceed the limit
 * @example summarize([readPlan('plans/items.json')], { commit: 'aa0f…' })
 */
export function summarize(plans: readonly Plan[], { commit, limit = DEFAULT_LIMIT }: SummaryOptions = {}): string {
  const sorted = [...plans].sort((a, b) => (a.name < b.name ? -1 : 1));
  let size = 0;
  for (const step of STEPS) {
    const text = render(sorted, commit, step);
    size = Buffer.byteLength(text);
    if (size <= limit) return text;
  }
  throw new PlanError(
    `The counts, warnings and digest alone need ${size} bytes; the limit is ${limit}. Raise --limit, or pass fewer plans.`,
  );
}

function render(
  plans: readonly Plan[],
  commit: string | undefined,
  { leftOut, parts, recordsAddresses }: Step,
): string {
  return [
    `## Terraform plan: ${countsText(plans.flatMap(({ changes }) => changes))}`,
    ...warningBlocks(plans),
    ...(leftOut === '' ? [] : [shortenedNote(leftOut)]),
    ...(plans.length > 1 ? [stackTable(plans)] : []),
    ...plans.flatMap((plan) => stackSection(plan, parts)),
    `Digest \`sha256:${digestOfPlans(plans)}\`${commit === undefined ? '' : ` · commit ${commit}`}`,
    `${formatReviewRecord(plans, commit, recordsAddresses)}\n`,
  ].join('\n\n');
}

function shortenedNote(leftOut: string): string {
  return [
    '> [!NOTE]',
    `> Shortened to fit a comment, without ${leftOut}. To see everything, run \`npx plan-summary --limit 99999999\``,
    '> with the same plans, or `terraform show` for each. The digest covers everything.',
  ].join('\n');
}

function stackTable(plans: readonly Plan[]): string {
  const actions = ACTIONS.filter(
    (action) => action !== 'forget' || plans.some(({ changes }) => withAction(changes, 'forget').length > 0),
  );
  const rows = plans.map((plan) => {
    const cells = actions.map((action) => {
      const count = withAction(plan.changes, action).length;
      if (count === 0) return '-';
      return action === 'replace' || action === 'delete' ? `**${count}**` : String(count);
    });
    return `| ${plan.name} | ${cells.join(' | ')} | \`${digestOfPlan(plan).slice(0, 16)}\` |`;
  });
  return [
    `| stack | ${actions.join(' | ')} | digest |`,
    `| --- |${actions.map(() => ' --: |').join('')} --- |`,
    ...rows,
  ].join('\n');
}
