/** Formats the differences of one stack from its reviewed plan. */
import { lineText, spellOut } from '../escape';
import type { Change } from '../model/plan';
import type { Redactor } from '../redact/redactor';
import type { AddressDifference, Comparison, StackComparison } from '../review/compare';
import { entryLines } from './configuration-section';
import type { DiffLine } from './document';
import { diffLineText } from './markdown';
import { PlanPrinter } from './plan-printer';
import { otherProvider } from './provider-names';
import { differentLines, reviewedLines } from './reviewed-lines';

/** Describes a difference. Without the key of the review, sensitive values cannot be compared. */
type Describe = (difference: AddressDifference, isOtherKey: boolean) => string;

const DIFFERENCE_TEXTS: Readonly<Record<AddressDifference['kind'], Describe>> = {
  added: ({ now }) => `not in the reviewed plan, now ${actionText(now)}`,
  removed: ({ reviewed }) => `no longer in the plan, reviewed as ${actionText(reviewed)}`,
  action: ({ reviewed, now }) => `reviewed as ${actionText(reviewed)}, now ${actionText(now)}`,
  values: ({ now }, isOtherKey) =>
    isOtherKey
      ? `${actionText(now)}, with values that differ or cannot be compared`
      : `${actionText(now)}, with values that differ from the reviewed values`,
};

const NOTE_INDENT = '    ';
const LINE_INDENT = '      ';
const REVIEWED = `${LINE_INDENT}reviewed  `;
const NOW = `${LINE_INDENT}now       `;

const SIGNS = '  In the lines, - is a value before the apply, and + the value after it.';
const UNCHECKED = '  The lines after "reviewed" are copied from the reviewed text, which is not checked.';
/** The record has only one hash of each address. */
const NOT_SHOWN = 'The record does not say which values. The lines of the new plan:';
const SAME_LINES =
  'The reviewed text has the same lines: a sensitive value differs, or a value that a summary does not show.';
const REORDERED =
  'The reviewed text has the same lines in another order, or another number of equal lines. The lines of the new plan:';

/**
 * Lists the differences of a stack, with the lines that differ.
 * @param redactor hides the sensitive values of all plans
 */
export function stackComparison(
  { name, plan, reviewed, differences }: StackComparison,
  { keys, reviewedText }: Pick<Comparison, 'keys' | 'reviewedText'>,
  redactor: Redactor,
): string[] {
  // A reviewed name comes from the record, which anybody can write.
  const shownName = lineText(name);
  if (!plan) return ['', `${shownName}: was reviewed, but has no new plan.`];
  if (!reviewed) return ['', `${shownName}: was not reviewed.`];
  if (differences.length === 0) {
    return [
      '',
      `${shownName}: differs`,
      '  The review record does not name the addresses: the summary had no space for them. Or one of the two plans is',
      '  refresh-only, and the other is not.',
    ];
  }
  const printer = new PlanPrinter(plan, redactor);
  const changeLines = linesOfChanges(printer);
  const oldLines = reviewedLines(reviewedText, name);
  const lines = differences.flatMap((difference) => [
    `  ${lineText(difference.address)}: ${DIFFERENCE_TEXTS[difference.kind](difference, keys !== undefined)}`,
    ...differenceDetail(
      difference,
      changeLines(difference.address) ?? linesOfEntry(difference.address, printer),
      oldLines,
      redactor,
    ),
  ]);
  const legend = [
    ...(lines.some((line) => line.startsWith(LINE_INDENT)) ? [SIGNS] : []),
    ...(lines.some((line) => line.startsWith(REVIEWED)) ? [UNCHECKED] : []),
  ];
  const places = differences.length === 1 ? 'one place' : `${differences.length} places`;
  return ['', `${shownName}: differs in ${places}`, ...legend, ...lines];
}

/** Formats the lines of an address in the new plan, or only the lines that differ from the reviewed text. */
function differenceDetail(
  { kind }: AddressDifference,
  { heading, provider = [], lines }: AddressLines,
  oldLines: ReadonlyMap<string, readonly string[]>,
  redactor: Redactor,
): string[] {
  const all = [...provider, ...lines].map(({ sign, text: line }) => `${LINE_INDENT}${sign} ${line}`);
  if (kind !== 'values' || all.length === 0) return all;
  const old = heading && oldLines.get(diffLineText(heading));
  if (old === undefined) return [`${NOTE_INDENT}${NOT_SHOWN}`, ...all];
  const now = lines.map(diffLineText);
  const different = differentLines(old, now);
  if (different.reviewed.length + different.now.length === 0) {
    const isReordered = old.length !== now.length || old.some((line, index) => line !== now[index]);
    return [`${NOTE_INDENT}${isReordered ? REORDERED : SAME_LINES}`, ...all];
  }
  return [
    ...different.reviewed.map((line) => `${REVIEWED}${spellOut(redactor.redact(line))}`),
    ...different.now.map((line) => `${NOW}${line}`),
  ];
}

interface AddressLines {
  /** The heading of the lines in a summary; undefined when they have none. */
  readonly heading?: DiffLine | undefined;
  /** The provider, which the heading names. */
  readonly provider?: readonly DiffLine[];
  readonly lines: readonly DiffLine[];
}

/** Returns a function that formats the change at an address, if there is one. */
function linesOfChanges(printer: PlanPrinter): (address: string) => AddressLines | undefined {
  const { changes, reads, outputs, drift, refreshOnly } = printer.plan;
  const found = new Map<string, () => AddressLines>();
  const add = (list: readonly Change[], format: (change: Change) => AddressLines) =>
    list.forEach((change) => found.set(change.address, () => format(change)));
  add(refreshOnly ? drift : [], (change) => splitHeading(printer.drift(change).lines));
  add(outputs, (change) => ({ lines: printer.output(change) }));
  add([...reads, ...changes], (change) => {
    const provider = otherProvider(change);
    const detail = splitHeading(printer.change(change).lines);
    return {
      ...detail,
      provider: provider === undefined ? [] : [{ sign: ' ', text: `with the provider ${lineText(provider)}` }],
    };
  });
  return (address) => found.get(address)?.();
}

/** Formats a provider configuration, a program, an action or a variable. */
function linesOfEntry(address: string, printer: PlanPrinter): AddressLines {
  const lines = entryLines(address, printer);
  // An action that several resources invoke has several headings.
  const hasOneHeading = lines.filter(isHeading).length === 1;
  return hasOneHeading ? splitHeading(lines) : { lines: lines.filter((line) => !isHeading(line)) };
}

function splitHeading(all: readonly DiffLine[]): AddressLines {
  const [heading, ...lines] = all;
  return { heading, lines };
}

function isHeading({ sign }: DiffLine): boolean {
  return sign === '@@';
}

function actionText(action = ''): string {
  return action === 'none' ? 'no action' : lineText(action);
}
