/** What is done to one stack: a table by address, and the attributes of each as diff blocks. */
import { changedNames, detailLines, driftLines, outputLines, pathText } from './detail';
import { ACTIONS, type Change, countsText, type Plan } from './model';
import { code } from './text';

/** What there is room for. */
export interface Extent {
  /** The attributes of what is created. */
  readonly creates: boolean;
  /** The attributes of what is changed, and outputs. */
  readonly changes: boolean;
  /** All other attributes: of replacements, of what is moved, of what has drifted. */
  readonly rest: boolean;
  /** A row for each resource that is created. */
  readonly createRows: boolean;
  /** A row for each other resource. */
  readonly rows: boolean;
}

/** More to create than this is folded away: a plan that makes all is not read row by row. */
const MOST_CREATE_ROWS = 5;
/** Longer blocks are folded. */
const MOST_OPEN_LINES = 60;
/** Most names of changed attributes in a row. */
const MOST_NAMES = 6;

/** Nothing for a stack with nothing to do. */
export function stackSection(plan: Plan, extent: Extent): string[] {
  const { changes, outputs, drift } = plan;
  if (changes.length + outputs.length + drift.length === 0) return [];
  const others = ACTIONS.filter((action) => action !== 'create').flatMap((action) =>
    changes.filter((change) => change.action === action),
  );
  const moved = changes.filter(({ action }) => action === 'none');
  const creates = changes.filter(({ action }) => action === 'create');
  const few = creates.length <= MOST_CREATE_ROWS;
  const rows = [...(extent.rows ? [...others, ...moved] : []), ...(few && extent.createRows ? creates : [])];
  const detailed = [...others, ...moved].filter(({ action }) => (action === 'change' ? extent.changes : extent.rest));
  return [
    `### ${plan.name}${place(plan)}: ${countsText(changes)}`,
    ...table(plan, rows),
    ...block(
      'Changed attributes',
      detailed.flatMap((change) => withAttributes(detailLines(plan, change))),
      true,
    ),
    ...createdBlock(plan, creates, few, extent),
    ...(extent.changes ? block(`Outputs: ${countsText(outputs)}`, outputs.flatMap(outputLines), false) : []),
    ...(extent.rest
      ? block(
          'Changed outside Terraform since the last apply',
          drift.flatMap((change) => driftLines(plan, change)),
          true,
        )
      : []),
  ];
}

/** Where it is done; a plan for another region is another plan. */
function place({ regions }: Plan): string {
  const texts = [...new Set(Object.values(regions))].map((region) =>
    /^[a-z0-9-]+$/.test(region) ? region : code(region),
  );
  return texts.length === 0 ? '' : ` in ${texts.join(', ')}`;
}

function createdBlock(plan: Plan, creates: readonly Change[], few: boolean, extent: Extent): string[] {
  const rows = few || !extent.createRows ? [] : table(plan, creates);
  const lines = extent.creates ? creates.flatMap((change) => detailLines(plan, change)) : [];
  const diff = lines.length === 0 ? [] : [fenced(lines)];
  const title = few ? 'Attributes of what is created' : `Resources to create (${creates.length})`;
  return rows.length + diff.length === 0 ? [] : [folded(title, [...rows, ...diff], false)];
}

function table(plan: Plan, changes: readonly Change[]): string[] {
  if (changes.length === 0) return [];
  const created = changes.every(({ action }) => action === 'create');
  const rows = changes.map((change) => {
    const { action, address } = change;
    const word = action === 'replace' || action === 'delete' ? `**${action}**` : action === 'none' ? '-' : action;
    return created ? `| ${word} | ${code(address)} |` : `| ${word} | ${code(address)} | ${note(plan, change)} |`;
  });
  return [
    [
      created ? '| action | resource |' : '| action | resource | attributes |',
      created ? '| --- | --- |' : '| --- | --- | --- |',
      ...rows,
    ].join('\n'),
  ];
}

function note(plan: Plan, change: Change): string {
  const notes = [
    ...(change.movedFrom === undefined ? [] : [`moved from ${code(change.movedFrom)}`]),
    ...(change.importedFrom === undefined ? [] : [`imported from ${code(change.importedFrom)}`]),
  ];
  if (change.action === 'replace')
    notes.push(`forced by ${change.forcedBy.map((path) => code(pathText(path))).join(', ') || 'a request'}`);
  if (change.action === 'change') {
    const names = changedNames(plan, change);
    const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
    notes.push(names.slice(0, MOST_NAMES).map(code).join(', ') + more);
  }
  return notes.join('; ');
}

/** A deletion has a row, and no attributes to show. */
function withAttributes(lines: readonly string[]): readonly string[] {
  return lines.length > 1 ? lines : [];
}

function block(title: string, lines: readonly string[], open: boolean): string[] {
  return lines.length === 0 ? [] : [folded(title, [fenced(lines)], open && lines.length <= MOST_OPEN_LINES)];
}

function folded(title: string, parts: readonly string[], open: boolean): string {
  return [`<details${open ? ' open' : ''}><summary>${title}</summary>`, ...parts, '</details>'].join('\n\n');
}

function fenced(lines: readonly string[]): string {
  // A line of ours before each resource but the first.
  const spaced = lines.flatMap((line, index) => (line.startsWith('@@') && index > 0 ? ['', line] : [line]));
  return ['```diff', ...spaced, '```'].join('\n');
}
