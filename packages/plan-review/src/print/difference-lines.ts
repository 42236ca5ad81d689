/** Formats differences and values as lines of a diff. */
import { type Difference, memberPlace, type Place } from '../model/differences';
import type { ValuePath } from '../model/plan';
import { isEmpty, isObject, REFORMATTED, UNKNOWN, type Value } from '../model/value';
import type { DiffLine } from './document';
import { sequenceLines } from './sequence-lines';
import type { OtherSide, ValuePrinter } from './value-printer';

/** Formats one difference. */
export function differenceLines(
  difference: Difference,
  forcedBy: readonly ValuePath[],
  printer: ValuePrinter,
): DiffLine[] {
  const { before, after } = difference;
  const notes = [
    ...(difference.isOrder ? ['only the order changes'] : []),
    ...(forcedBy.some((forced) => isBelow(difference.steps, forced)) ? ['forces replacement'] : []),
  ];
  const lines = sequenceLines(difference, printer) ?? [
    ...valueLines('-', difference, before, printer, { value: after, side: 'after' }),
    ...valueLines('+', difference, after, printer, { value: before, side: 'before' }),
  ];
  const note = notes.length === 0 ? '' : `  # ${notes.join('; ')}`;
  return lines.map((line, index) => (index === lines.length - 1 ? { ...line, text: line.text + note } : line));
}

/** Formats one value. */
export function valueLines(
  sign: '-' | '+',
  place: Place,
  value: Value | undefined,
  printer: ValuePrinter,
  other?: OtherSide,
): DiffLine[] {
  if (value === undefined || value === null) return [];
  return printer
    .lines(value, place, other)
    .map(({ path, text }) => ({ sign, text: path === '' ? text : `${path}: ${text}` }));
}

/** Formats the attributes of a new resource that have a value. */
export function createdLines(after: Value, place: Place, printer: ValuePrinter): DiffLine[] {
  if (!isObject(after)) return valueLines('+', place, after, printer);
  const attributes = Object.entries(after)
    .filter(([, value]) => !isEmpty(value))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [memberPlace(place, key), value] as const);
  const known = attributes.filter(([, value]) => !isNameOnly(value));
  return [
    ...known.flatMap(([at, value]) => valueLines('+', at, value, printer)),
    ...nameOnlyLines(attributes, printer),
  ];
}

/** Whether to show only the attribute's name. The old value of a new id or ARN does not help a reader. */
export function isNameOnly(value: Value | undefined): value is symbol {
  return value === UNKNOWN || value === REFORMATTED;
}

/** Lists the names of values that are not shown, grouped by the reason. */
export function nameOnlyLines(
  values: readonly (readonly [place: Place, value: Value | undefined])[],
  printer: ValuePrinter,
): DiffLine[] {
  return [UNKNOWN, REFORMATTED].flatMap((mark) => {
    const names = values.filter(([, value]) => value === mark).map(([place]) => printer.path(place));
    return wrapNames(names).map((line): DiffLine => ({ sign: ' ', text: `${line}: ${mark.description ?? ''}` }));
  });
}

const MAX_NAMES_LINE_CHARACTERS = 70;

/** Joins names into lines that need no scrolling. */
function wrapNames(names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < MAX_NAMES_LINE_CHARACTERS)
      lines[lines.length - 1] = `${last}, ${name}`;
    else lines.push(name);
  }
  return lines;
}

function isBelow(steps: ValuePath, ancestor: ValuePath): boolean {
  return ancestor.length <= steps.length && ancestor.every((step, index) => step === steps[index]);
}
