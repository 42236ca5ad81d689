/** Formats the differences of texts with several lines, or of lists of scalars, in the order of their lines or members. */
import type { Difference } from '../model/differences';
import { compareLines, type Edit } from '../model/lines';
import { isList, isObject, type Value } from '../model/value';
import type { DiffLine } from './document';
import type { SequenceItem, ValuePrinter } from './value-printer';

/** Number of unchanged items before and after a change. They show its position. */
const CONTEXT_ITEMS = 1;

/** @returns undefined unless both sides are texts with lines, or lists of scalars */
export function sequenceLines(difference: Difference, printer: ValuePrinter): DiffLine[] | undefined {
  const { before, after } = difference;
  if (printer.isOpaque(before, difference) || printer.isOpaque(after, difference)) return undefined;
  const areTexts = typeof before === 'string' && typeof after === 'string' && (before + after).includes('\n');
  if (!areTexts && !(isScalarList(before) && isScalarList(after))) return undefined;
  const items = [printer.sequence(before, difference), printer.sequence(after, difference)];
  // If both texts end with a line end, each has an empty last item, which is not a line.
  const isEnded = areTexts && before.endsWith('\n') && after.endsWith('\n');
  const [oldItems = [], newItems = []] = isEnded ? items.map((lines) => lines.slice(0, -1)) : items;
  const edits = compareLines(
    oldItems.map(({ key }) => key),
    newItems.map(({ key }) => key),
  );
  const runs = splitIntoRuns(edits);
  const lines = runs.flatMap((run, index): Line[] => {
    if (run[0]?.sign === ' ') return contextLines(run, newItems, index === 0, index === runs.length - 1);
    return changedLines(run, oldItems, newItems);
  });
  const path = printer.path(difference);
  return lines.map(({ sign, text }) => ({ sign, text: path === '' ? text : `${path}: ${text}` }));
}

type Line = Pick<DiffLine, 'sign' | 'text'>;

/** Splits the edits into runs of changed items and runs of unchanged items. */
function splitIntoRuns(edits: readonly Edit[]): Edit[][] {
  const runs: Edit[][] = [];
  for (const edit of edits) {
    const last = runs.at(-1);
    if (last && (last[0]?.sign === ' ') === (edit.sign === ' ')) last.push(edit);
    else runs.push([edit]);
  }
  return runs;
}

/** The unchanged items next to a change. `…` replaces the items between two changes. */
function contextLines(run: readonly Edit[], items: readonly SequenceItem[], isFirst: boolean, isLast: boolean): Line[] {
  const texts = run.map(({ index }): Line => ({ sign: ' ', text: items[index]?.format() ?? '' }));
  if (isFirst) return texts.slice(-CONTEXT_ITEMS);
  if (isLast) return texts.slice(0, CONTEXT_ITEMS);
  if (texts.length <= 2 * CONTEXT_ITEMS) return texts;
  return [...texts.slice(0, CONTEXT_ITEMS), { sign: ' ', text: '…' }, ...texts.slice(-CONTEXT_ITEMS)];
}

function changedLines(
  run: readonly Edit[],
  oldItems: readonly SequenceItem[],
  newItems: readonly SequenceItem[],
): Line[] {
  const removed = run.flatMap(({ sign, index }) => (sign === '-' ? (oldItems[index] ?? []) : []));
  const added = run.flatMap(({ sign, index }) => (sign === '+' ? (newItems[index] ?? []) : []));
  return [
    ...removed.map((item, index): Line => ({ sign: '-', text: item.format(added[index]?.shown) })),
    ...added.map((item, index): Line => {
      const old = removed[index]?.shown;
      const mark = item.shown === old ? ' (sensitive part changed)' : '';
      return { sign: '+', text: item.format(old) + mark };
    }),
  ];
}

function isScalarList(value: Value | undefined): value is readonly Value[] {
  return isList(value) && !value.some((member) => isList(member) || isObject(member));
}
