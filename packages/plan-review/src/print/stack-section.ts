/** Describes the changes of one stack: a table by address, and the attributes of each change as diffs. */
import { placeAt, ROOT } from '../model/differences';
import { ACTIONS, type Change, type Plan } from '../model/plan';
import { attribute } from '../model/value';
import { configurationFolds } from './configuration-section';
import { changeCounts, countsText, withAction } from './counts';
import type { Block, DiffLine, Fold, Inlines, Table } from './document';
import type { SummaryParts } from './forms';
import type { PlanPrinter } from './plan-printer';
import { isOrdinarySource, otherProvider } from './provider-names';
import { reasonText } from '../model/reasons';
import type { ValuePrinter } from './value-printer';

/** Maximum rows of an open table of created resources. A longer table is folded: nobody reads a first deployment row by row. */
const MAX_OPEN_CREATED_ROWS = 5;
/** Maximum lines of an open diff. A longer diff is folded. */
const MAX_OPEN_DIFF_LINES = 60;
/** The maximum number of attribute names in a row. More attributes are counted: "and 3 more". */
const MAX_ATTRIBUTE_NAMES = 6;

/** Makes the blocks of a stack; none for a stack without changes. */
export function stackSection(printer: PlanPrinter, parts: SummaryParts): Block[] {
  const { plan } = printer;
  const { changes, outputs, drift, invocations, checks } = plan;
  const reads = plan.reads.filter(isRequest);
  const configuration = configurationFolds(printer);
  // An ordinary provider configuration alone is folded, and needs no section.
  const notable = configuration.filter(({ isOpen }) => isOpen);
  if ([changes, outputs, drift, invocations, checks, reads, notable].every((list) => list.length === 0)) return [];
  const created = withAction(changes, 'create');
  const others = [...ACTIONS, 'none' as const]
    .filter((action) => action !== 'create')
    .flatMap((action) => withAction(changes, action));
  const isOpen = created.length <= MAX_OPEN_CREATED_ROWS;
  const rows = [...(parts.otherRows ? others : []), ...(isOpen && parts.createdRows ? created : [])];
  const detailed = others.filter(({ action }) =>
    action === 'change' ? parts.changedAttributes : parts.otherAttributes,
  );
  const details = detailed.map((change) => printer.change(change).lines).filter(hasAttributes);
  return [
    { kind: 'heading', level: 3, content: [plan.name, ...regionText(plan), `: ${countsText([plan])}`] },
    ...resourceTable(rows, printer),
    ...diffFold('Changed attributes', details.flat()),
    ...createdFold(printer, created, isOpen, parts),
    ...outputsFold(printer, parts),
    ...(parts.otherAttributes ? [...readFold(printer, reads), ...configuration] : []),
    ...driftBlocks(printer, parts),
  ];
}

/** The regions for the heading. The same changes in another region are a different plan. */
function regionText({ providers }: Plan): Inlines {
  const regions = providers
    .map(({ settings }) => attribute(settings, 'region'))
    .filter((region) => typeof region === 'string');
  const names = [...new Set(regions)].map((region) => (/^[a-z0-9-]+$/.test(region) ? region : { code: region }));
  return names.flatMap((name, index) => [index === 0 ? ' in ' : ', ', name]);
}

function createdFold(printer: PlanPrinter, created: readonly Change[], isOpen: boolean, parts: SummaryParts): Block[] {
  const table = isOpen || !parts.createdRows ? [] : resourceTable(created, printer);
  const lines = parts.createdAttributes ? created.flatMap((change) => printer.change(change).lines) : [];
  const attributes = diffFold('Attributes of created resources', lines).map((fold) => ({ ...fold, isOpen: false }));
  const title = `Resources to create (${created.length})`;
  const resources: Fold[] = table.length === 0 ? [] : [{ kind: 'fold', title, isOpen: false, blocks: table }];
  return [...resources, ...attributes];
}

function outputsFold(printer: PlanPrinter, parts: SummaryParts): Block[] {
  const { outputs, changes } = printer.plan;
  if (!parts.changedAttributes) return [];
  const sorted = [...outputs].sort((a, b) => (a.address < b.address ? -1 : 1));
  const lines = sorted.flatMap((output) => printer.output(output));
  const fold = diffFold(`Outputs: ${changeCounts(outputs)}`, lines);
  return fold.map((block) => ({ ...block, isOpen: block.isOpen && changes.length === 0 }));
}

/** The data sources that the apply reads: each read is a request with the rights of the deployment. */
function readFold(printer: PlanPrinter, reads: readonly Change[]): Fold[] {
  const lines = reads.flatMap((read) => printer.change(read).lines);
  return diffFold('Read during the apply', lines);
}

/** Whether reading the data source sends a request. For a policy document, the provider sends no request. */
function isRequest({ type, provider }: Change): boolean {
  return type !== 'aws_iam_policy_document' || !isOrdinarySource(provider);
}

/** Changes outside Terraform. A refresh-only plan stores them, so they are its changes. */
function driftBlocks(printer: PlanPrinter, parts: SummaryParts): Block[] {
  const { drift, refreshOnly } = printer.plan;
  const lines = parts.otherAttributes ? drift.flatMap((change) => printer.drift(change).lines) : [];
  if (!refreshOnly) return diffFold('Changed outside Terraform since the last apply', lines);
  const rows = parts.otherRows
    ? drift.map((change): Inlines[] => [
        [change.action === 'delete' ? { strong: ['store deletion'] } : 'store'],
        [{ code: change.address }],
        nameList(printer.drift(change).names),
      ])
    : [];
  return [...table(['action', 'resource', 'attributes'], rows), ...diffFold('Stored in the state by the apply', lines)];
}

function resourceTable(changes: readonly Change[], printer: PlanPrinter): Table[] {
  const notes = new Map(changes.map((change) => [change, noteText(printer, change)]));
  // Created resources rarely have notes: the table then needs no third column.
  const hasNotes = changes.some((change) => change.action !== 'create' || notes.get(change)?.length !== 0);
  const rows = changes.map((change): Inlines[] => [
    actionText(change.action),
    [{ code: change.address }],
    ...(hasNotes ? [notes.get(change) ?? []] : []),
  ]);
  return table(hasNotes ? ['action', 'resource', 'attributes'] : ['action', 'resource'], rows);
}

function table(titles: readonly string[], rows: Table['rows']): Table[] {
  return rows.length === 0 ? [] : [{ kind: 'table', columns: titles.map((title) => ({ title })), rows }];
}

function actionText(action: Change['action']): Inlines {
  if (action === 'none') return ['-'];
  return action === 'replace' || action === 'delete' ? [{ strong: [action] }] : [action];
}

function noteText(printer: PlanPrinter, change: Change): Inlines {
  const { action, movedFrom, imported, forcedBy, reason } = change;
  const values = printer.printer(change);
  const notes: Inlines[] = [];
  if (movedFrom !== undefined) notes.push(['moved from ', { code: movedFrom }]);
  if (imported) notes.push(['imported from ', ...importSource(imported, values)]);
  const provider = otherProvider(change);
  if (provider !== undefined) notes.push(['with the provider ', { code: provider }]);
  const because = reasonText(reason);
  if (because !== undefined) notes.push([because]);
  if (action === 'replace' || action === 'recreate') {
    const paths = forcedBy.map((steps) => values.path(placeAt(steps)));
    if (paths.length > 0) notes.push(['forced by ', ...nameList(paths)]);
    else if (because === undefined) notes.push(['not forced by an attribute']);
  }
  if (action === 'recreate') notes.push(['the old object stays in place, outside of the state']);
  if (action === 'change') notes.push(nameList(printer.change(change).names));
  return notes.flatMap((note, index) => (index === 0 ? note : ['; ', ...note]));
}

function importSource({ id, identity }: NonNullable<Change['imported']>, values: ValuePrinter): Inlines {
  const source = identity ?? id;
  return source === undefined
    ? ['an id that is known only after the apply']
    : values.withoutHidden().inline(source, ROOT);
}

function nameList(names: readonly string[]): Inlines {
  const more = names.length > MAX_ATTRIBUTE_NAMES ? [` and ${names.length - MAX_ATTRIBUTE_NAMES} more`] : [];
  return [...separated(names.slice(0, MAX_ATTRIBUTE_NAMES).map((code) => ({ code }))), ...more];
}

function separated(parts: Inlines): Inlines {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [', ', part]));
}

/** Whether attributes follow the heading line. A deletion has only a heading line, which repeats its table row. */
function hasAttributes(lines: readonly DiffLine[]): boolean {
  return lines.length > 1;
}

function diffFold(title: string, lines: readonly DiffLine[]): Fold[] {
  if (lines.length === 0) return [];
  return [{ kind: 'fold', title, isOpen: lines.length <= MAX_OPEN_DIFF_LINES, blocks: [{ kind: 'diff', lines }] }];
}
