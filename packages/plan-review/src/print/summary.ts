/** Makes the summary of plans. Warnings and counts come first. A long summary omits attributes. */
import { type Action, ACTIONS, type Plan } from '../model/plan';
import { PlanError } from '../plan-error';
import { Redactor } from '../redact/redactor';
import { checkFirst } from '../review/first';
import { readKey, type ReviewKey } from '../review/key';
import {
  formatReviewRecord,
  type ReviewedStacks,
  reviewedStacks,
  totalDigest,
  withoutAddresses,
} from '../review/record';
import { PlanPrinter } from './plan-printer';
import { countsText, withAction } from './counts';
import type { Alert, Block, Inlines, Table } from './document';
import { COMPLETE, type Form, FORMS, SHORTEST } from './forms';
import { renderMarkdown } from './markdown';
import { stackSection } from './stack-section';
import { renderTerminal } from './terminal';
import { warningBlocks } from './warning-blocks';

export interface SummaryOptions {
  /** The commit that the plans were made for. @default none: `plan-review --commit` then reports a difference */
  readonly commit?: string | undefined;
  /** The maximum length of the text, in bytes of UTF-8. @default DEFAULT_LIMIT */
  readonly limit?: number;
  /** Quoted lines (`> ...`) without markup that stand before the plans. @default none */
  readonly first?: string;
  /** Hashes sensitive values for the digest. @default `readKey()` */
  readonly key?: ReviewKey | undefined;
}

const COMPLETE_COMMAND = 'plan-summary --limit 99999999';
/** Actions that most plans lack: the table has a column for them only if a plan has them. */
const RARE_ACTIONS: readonly Action[] = ['forget', 'recreate'];

/** A GitHub comment has at most 65,536 characters. The remaining space is for text that a workflow adds. */
export const DEFAULT_LIMIT = 64_000;

/** The content of a summary besides its plans. The review record contains it, so `plan-review` can render the summary again. */
export interface SummarySettings {
  readonly commit: string | undefined;
  /** The checked text before the plans; '' without one. */
  readonly first: string;
  /** The position in FORMS. */
  readonly form: number;
}

/**
 * Summarizes the plans of all stacks. The text ends with the review record. The order of the plans does not change the
 * text.
 * @throws PlanError for two plans of one stack, for a `first` that `checkFirst` refuses, for sensitive values without
 *   a key, or when counts and digest exceed the limit
 * @example summarize([readPlan('plans/items.json')], { commit: 'aa0f…', key: readKey() })
 */
export function summarize(
  plans: readonly Plan[],
  { commit, limit = DEFAULT_LIMIT, first = '', key = readKey() }: SummaryOptions = {},
): string {
  const render = summaryRenderer(plans, key);
  const checkedFirst = checkFirst(first);
  let size = 0;
  for (const form of FORMS.keys()) {
    const summary = render({ commit, first: checkedFirst, form });
    size = sizeOf(summary);
    if (size <= limit) return markdownOf(summary);
  }
  throw new PlanError(
    `Even without attributes and warnings, the summary needs ${size} bytes; the limit is ${limit}. ` +
      'Raise --limit, or pass fewer plans.',
  );
}

/** The text that people read, and the record after it. */
export interface RenderedSummary {
  readonly text: string;
  readonly record: string;
}

/** Joins the text and the record, as `plan-summary` prints them. */
function markdownOf({ text, record }: RenderedSummary): string {
  return `${text}\n\n${record}\n`;
}

/** Measures a summary, in bytes of UTF-8. */
export function sizeOf(summary: RenderedSummary): number {
  return Buffer.byteLength(markdownOf(summary));
}

/** Returns a function that renders the plans with any settings. It formats every change only once. */
export function summaryRenderer(
  plans: readonly Plan[],
  key: ReviewKey | undefined,
): (settings: SummarySettings) => RenderedSummary {
  const printers = printersOf(plans);
  const stacks = reviewedStacks(
    printers.map(({ plan }) => plan),
    key,
  );
  const digest = totalDigest(stacks);
  return (settings) => {
    const form = FORMS[settings.form] ?? SHORTEST;
    const commit = settings.commit === undefined ? [] : [` · commit ${settings.commit}`];
    const text = renderMarkdown([
      ...bodyBlocks(printers, settings.first, form, stacks),
      { kind: 'paragraph', content: ['Digest ', { code: `sha256:${digest}` }, ...commit] },
    ]);
    const withoutEntries = form.recordsAddresses ? stacks : withoutAddresses(stacks);
    return { text, record: formatReviewRecord({ ...settings, stacks: withoutEntries }, text, key) };
  };
}

/** Makes the summary for a terminal: complete, and without the digest. */
export function terminalSummary(plans: readonly Plan[]): string {
  return renderTerminal(bodyBlocks(printersOf(plans), '', COMPLETE));
}

/** Makes the warnings and the counts, to show directly before an approval. */
export function terminalWarnings(plans: readonly Plan[]): string {
  return renderTerminal([
    ...warningBlocks(printersOf(plans), true),
    { kind: 'paragraph', content: [`Terraform plan: ${countsText(plans)}`] },
  ]);
}

function printersOf(plans: readonly Plan[]): PlanPrinter[] {
  // All stacks share one redactor: a secret of one stack can occur without a mark in another stack.
  const redactor = new Redactor(plans.flatMap(({ secrets }) => secrets));
  return [...plans].sort((a, b) => (a.name < b.name ? -1 : 1)).map((plan) => new PlanPrinter(plan, redactor));
}

function bodyBlocks(
  printers: readonly PlanPrinter[],
  first: string,
  { omitted, parts }: Form,
  stacks?: ReviewedStacks,
): Block[] {
  const plans = printers.map(({ plan }) => plan);
  return [
    { kind: 'heading', level: 2, content: [`Terraform plan: ${countsText(plans)}`] },
    ...firstBlocks(first),
    ...warningBlocks(printers, parts.warnings),
    ...(omitted === '' ? [] : [shortenedNote(omitted)]),
    ...(plans.length > 1 ? [stackTable(plans, stacks)] : []),
    ...printers.flatMap((printer) => stackSection(printer, parts)),
  ];
}

/** Shows the caller's text between two paragraphs, which separate it from the plan. The text cannot contain these paragraphs. */
function firstBlocks(first: string): Block[] {
  if (first === '') return [];
  return [
    { kind: 'paragraph', content: ['The quoted text is not a part of the plan, and is not checked:'] },
    { kind: 'quote', lines: first.split('\n') },
    { kind: 'paragraph', content: ['The plan follows.'] },
  ];
}

function shortenedNote(omitted: string): Alert {
  return {
    kind: 'alert',
    alert: 'NOTE',
    content: [
      [
        `This summary omits ${omitted}, because its length is limited. To see the complete summary, run `,
        { code: COMPLETE_COMMAND },
      ],
      ['with the same plans, or ', { code: 'terraform show' }, ' for each plan. The digest covers the complete plans.'],
    ],
  };
}

function stackTable(plans: readonly Plan[], stacks: ReviewedStacks | undefined): Table {
  const actions = ACTIONS.filter(
    (action) => !RARE_ACTIONS.includes(action) || plans.some(({ changes }) => withAction(changes, action).length > 0),
  );
  const rows = plans.map((plan): Inlines[] => [
    [plan.name],
    ...actions.map((action): Inlines => countCell(action, withAction(plan.changes, action).length)),
    ...(stacks ? [[{ code: (stacks[plan.name]?.digest ?? '').slice(0, 16) }]] : []),
  ]);
  return {
    kind: 'table',
    columns: [
      { title: 'stack' },
      ...actions.map((title) => ({ title, isNumber: true })),
      ...(stacks ? [{ title: 'digest' }] : []),
    ],
    rows,
  };
}

function countCell(action: Action, count: number): Inlines {
  if (count === 0) return ['-'];
  return action === 'replace' || action === 'delete' ? [{ strong: [String(count)] }] : [String(count)];
}
