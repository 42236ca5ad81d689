/** Formats the changes of one stack: a table by address, and the attributes of each change as diff blocks. */
import { formatPath } from '../model/path';
import { ACTIONS, type Change, type Plan } from '../model/plan';
import { attribute } from '../model/value';
import { changedAttributes, changeLines, driftLines, outputLines, UNKNOWN_ID } from './attributes';
import { countsText, withAction } from './counts';
import { inlineCode } from '../escape';

/** The parts that a summary includes. A long summary omits some parts. */
export interface SummaryParts {
  /** The attributes of created resources. */
  readonly createdAttributes: boolean;
  /** The attributes of changed resources, and outputs. */
  readonly changedAttributes: boolean;
  /** The attributes of replaced and moved resources, and drift. */
  readonly otherAttributes: boolean;
  /** The table rows of created resources. */
  readonly createdRows: boolean;
  /** The table rows of all other resources. */
  readonly otherRows: boolean;
}

/** A longer table of created resources is folded: nobody reads a first deployment row by row. */
const MAX_OPEN_CREATED_ROWS = 5;
/** A longer diff block is folded. */
const MAX_OPEN_DIFF_LINES = 60;
/** The maximum number of attribute names in a row. More attributes are counted: "and 3 more". */
const MAX_ATTRIBUTE_NAMES = 6;

/** The Markdown blocks of a stack; none for a stack without changes. */
export function stackSection(plan: Plan, parts: SummaryParts): string[] {
  const { changes, outputs, drift } = plan;
  if (changes.length + outputs.length + drift.length === 0) return [];
  const created = withAction(changes, 'create');
  const others = [...ACTIONS, 'none' as const]
    .filter((action) => action !== 'create')
    .flatMap((action) => withAction(changes, action));
  const isOpen = created.length <= MAX_OPEN_CREATED_ROWS;
  const rows = [...(parts.otherRows ? others : []), ...(isOpen && parts.createdRows ? created : [])];
  const detailed = others.filter(({ action }) =>
    action === 'change' ? parts.changedAttributes : parts.otherAttributes,
  );
  const detailLines = detailed.map((change) => changeLines(plan, change)).filter(hasAttributes);
  const driftDiff = parts.otherAttributes ? drift.flatMap((change) => driftLines(plan, change)) : [];
  return [
    `### ${plan.name}${regionText(plan)}: ${countsText(changes)}`,
    ...resourceTable(plan, rows),
    ...diffBlock('Changed attributes', detailLines.flat(), true),
    ...createdBlock(plan, created, isOpen, parts),
    ...(parts.changedAttributes
      ? diffBlock(`Outputs: ${countsText(outputs)}`, outputs.flatMap(outputLines), false)
      : []),
    ...diffBlock('Changed outside Terraform since the last apply', driftDiff, true),
  ];
}

/** The regions for the heading. The same changes in another region are a different plan. */
function regionText({ providers }: Plan): string {
  const regions = providers
    .map(({ settings }) => attribute(settings, 'region'))
    .filter((name) => typeof name === 'string');
  const names = [...new Set(regions)].map((region) => (/^[a-z0-9-]+$/.test(region) ? region : inlineCode(region)));
  return names.length === 0 ? '' : ` in ${names.join(', ')}`;
}

function createdBlock(plan: Plan, created: readonly Change[], isOpen: boolean, parts: SummaryParts): string[] {
  const table = isOpen || !parts.createdRows ? [] : resourceTable(plan, created);
  const lines = parts.createdAttributes ? created.flatMap((change) => changeLines(plan, change)) : [];
  const content = [...table, ...(lines.length === 0 ? [] : [codeBlock(lines)])];
  const title = isOpen ? 'Attributes of created resources' : `Resources to create (${created.length})`;
  return content.length === 0 ? [] : [foldable(title, content, false)];
}

function resourceTable(plan: Plan, changes: readonly Change[]): string[] {
  if (changes.length === 0) return [];
  // Created resources have no notes: the table needs no third column.
  const hasNotes = changes.some(({ action }) => action !== 'create');
  const rows = changes.map((change) => {
    const cells = [
      actionText(change.action),
      inlineCode(change.address),
      ...(hasNotes ? [noteText(plan, change)] : []),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const header = hasNotes
    ? ['| action | resource | attributes |', '| --- | --- | --- |']
    : ['| action | resource |', '| --- | --- |'];
  return [[...header, ...rows].join('\n')];
}

function actionText(action: Change['action']): string {
  if (action === 'none') return '-';
  return action === 'replace' || action === 'delete' ? `**${action}**` : action;
}

function noteText(plan: Plan, change: Change): string {
  const notes: string[] = [];
  if (change.movedFrom !== undefined) notes.push(`moved from ${inlineCode(change.movedFrom)}`);
  if (change.imported) notes.push(`imported from ${inlineCode(change.imported.id ?? UNKNOWN_ID)}`);
  if (change.action === 'replace') {
    const paths = change.forcedBy.map((path) => inlineCode(formatPath(path))).join(', ');
    notes.push(paths === '' ? 'not forced by an attribute' : `forced by ${paths}`);
  }
  if (change.action === 'change') {
    const names = changedAttributes(plan, change);
    const more = names.length > MAX_ATTRIBUTE_NAMES ? ` and ${names.length - MAX_ATTRIBUTE_NAMES} more` : '';
    notes.push(names.slice(0, MAX_ATTRIBUTE_NAMES).map(inlineCode).join(', ') + more);
  }
  return notes.join('; ');
}

/** Whether attributes follow the heading line. A deletion has only a heading line, which repeats its table row. */
function hasAttributes(lines: readonly string[]): boolean {
  return lines.length > 1;
}

function diffBlock(title: string, lines: readonly string[], isOpen: boolean): string[] {
  return lines.length === 0 ? [] : [foldable(title, [codeBlock(lines)], isOpen && lines.length <= MAX_OPEN_DIFF_LINES)];
}

function foldable(title: string, blocks: readonly string[], isOpen: boolean): string {
  return [`<details${isOpen ? ' open' : ''}><summary>${title}</summary>`, ...blocks, '</details>'].join('\n\n');
}

function codeBlock(lines: readonly string[]): string {
  // An empty line before each resource but the first.
  const spaced = lines.flatMap((line, index) => (line.startsWith('@@') && index > 0 ? ['', line] : [line]));
  return ['```diff', ...spaced, '```'].join('\n');
}
