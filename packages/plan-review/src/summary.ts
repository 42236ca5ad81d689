/** The summary of plans as Markdown, as long as there is room for: what matters most stands first, and goes last. */
import { digestOf, digestOfPlan } from './digest';
import { ACTIONS, countsText, type Plan } from './model';
import { recordText } from './record';
import { type Extent, stackSection } from './section';
import { PlanError } from './value';
import { warningBlocks } from './warning-blocks';

export interface SummaryOptions {
  /** The commit that the plans were made for. @default none, and none can be compared */
  readonly commit?: string | undefined;
  /** How long the text may be, in bytes of UTF-8. @default DEFAULT_LIMIT */
  readonly limit?: number;
}

/** A GitHub comment holds 65,536 characters; the rest is for what a workflow adds. */
export const DEFAULT_LIMIT = 64_000;

const FULL: Extent = { creates: true, changes: true, rest: true, createRows: true, rows: true };

/** What is left out when there is no room, a step after another, and how that is said. */
const STEPS: readonly (readonly [leftOut: string, extent: Extent, addressesInRecord: boolean])[] = [
  ['', FULL, true],
  ['the attributes of what is created', { ...FULL, creates: false }, true],
  ['the attributes of what is created or changed', { ...FULL, creates: false, changes: false }, true],
  ['all attributes', { ...FULL, creates: false, changes: false, rest: false }, true],
  [
    'all attributes and what is created',
    { creates: false, changes: false, rest: false, createRows: false, rows: true },
    true,
  ],
  [
    'all but counts and warnings',
    { creates: false, changes: false, rest: false, createRows: false, rows: false },
    true,
  ],
  [
    'all but counts and warnings',
    { creates: false, changes: false, rest: false, createRows: false, rows: false },
    false,
  ],
];

/**
 * One Markdown text for the plans of all stacks, with the review record in it. The same plans give the same text, whatever
 * their order.
 * @throws PlanError for two plans of one stack, and when the limit leaves no room for warnings, counts and digest
 */
export function summarize(plans: readonly Plan[], { commit, limit = DEFAULT_LIMIT }: SummaryOptions = {}): string {
  const sorted = [...plans].sort((a, b) => (a.name < b.name ? -1 : 1));
  let size = 0;
  for (const [leftOut, extent, addresses] of STEPS) {
    const text = render(sorted, commit, leftOut, extent, addresses);
    size = Buffer.byteLength(text);
    if (size <= limit) return text;
  }
  throw new PlanError(
    `The counts, warnings and digest alone need ${size} bytes, and the limit is ${limit}. Raise --limit, or summarize fewer stacks at once.`,
  );
}

function render(
  plans: readonly Plan[],
  commit: string | undefined,
  leftOut: string,
  extent: Extent,
  addresses: boolean,
): string {
  return [
    `## Terraform plan: ${countsText(plans.flatMap(({ changes }) => changes))}`,
    ...warningBlocks(plans),
    ...(leftOut === '' ? [] : [shortenedBlock(leftOut)]),
    ...(plans.length > 1 ? [stackTable(plans)] : []),
    ...plans.flatMap((plan) => stackSection(plan, extent)),
    footer(plans, commit),
    `${recordText(plans, commit, addresses)}\n`,
  ].join('\n\n');
}

function shortenedBlock(leftOut: string): string {
  return [
    '> [!NOTE]',
    `> Shortened to fit a comment: without ${leftOut}. The whole: \`npm run plan-summary -- --limit 99999999\` with the same`,
    '> plans, or `terraform show` of each. The digest is of the whole.',
  ].join('\n');
}

function stackTable(plans: readonly Plan[]): string {
  const actions = ACTIONS.filter(
    (action) => action !== 'forget' || plans.some(({ changes }) => changes.some((change) => change.action === action)),
  );
  const rows = plans.map((plan) => {
    const counts = actions.map((action) => plan.changes.filter((change) => change.action === action).length);
    const cells = counts.map((count, index) => (count === 0 ? '-' : index < 2 ? `**${count}**` : String(count)));
    return `| ${plan.name} | ${cells.join(' | ')} | \`${digestOfPlan(plan).slice(0, 16)}\` |`;
  });
  return [
    `| stack | ${actions.join(' | ')} | digest |`,
    `| --- |${actions.map(() => ' --: |').join('')} --- |`,
    ...rows,
  ].join('\n');
}

function footer(plans: readonly Plan[], commit: string | undefined): string {
  const of = commit === undefined ? '' : ` · commit ${commit}`;
  return `Digest \`sha256:${digestOf(plans)}\`${of}`;
}
