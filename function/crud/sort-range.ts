/** Reads bounds on the sort key of a list: `createdAt[gte]=2026-11-01&createdAt[lt]=2026-12-01`. */
import type { Model } from '../contract/model';
import { fieldSchema } from '../contract/model';
import { keyFault, MAX_SORT_KEY_BYTES } from '../dynamodb/storable';
import { preview } from '../http/value';
import type { Faults } from '../validation/faults';
import { isFormat } from '../validation/formats';
import { fromText } from '../validation/from-text';
import { toSeconds } from './item';

type Value = string | number;

interface Bound {
  readonly value: Value;
  /** Whether the value itself is outside of the range. */
  readonly isOpen: boolean;
}

/** A range of the sort key. */
export interface SortRange {
  readonly from?: Bound;
  readonly to?: Bound;
}

const ENDS = { gte: 'from', gt: 'from', lte: 'to', lt: 'to' } as const;

type Operator = keyof typeof ENDS;

/** Returns the query parameters of a sort key: `createdAt[gte]` and so on. */
export function boundParameters(sort: string): readonly string[] {
  return Object.keys(ENDS).map((operator) => `${sort}[${operator}]`);
}

/** Adds a bound to a range. @param parameter one of `boundParameters` */
export function addBound(range: SortRange, parameter: string, text: string, model: Model, faults: Faults): SortRange {
  const [sort, operator] = parameter.split(/[[\]]/) as [sort: string, operator: Operator];
  const end = ENDS[operator];
  if (range[end]) faults.add(parameter, 'is a second bound on the same side; send one of them');
  const value = readValue(text, sort, model, faults, parameter);
  return value === undefined ? range : { ...range, [end]: { value, isOpen: operator === 'gt' || operator === 'lt' } };
}

function readValue(text: string, sort: string, model: Model, faults: Faults, path: string): Value | undefined {
  const schema = fieldSchema(model.api, sort);
  if (sort === model.ttl) {
    if (isFormat('date-time', text)) return toSeconds(text);
    faults.add(path, `must be a date and time such as 2026-11-29T10:00:00Z, but was ${preview(text)}`);
    return undefined;
  }
  if (sort === model.createdAt || sort === model.updatedAt) return readTime(text, faults, path);
  const type = typeof schema?.type === 'string' ? schema.type : schema?.type?.[0];
  if (type === 'number' || type === 'integer') {
    const value = fromText(text, { type: 'number' }, faults, path);
    return typeof value === 'number' ? value : undefined;
  }
  // A bound may be the start of a value, so the field's schema does not apply.
  const fault = keyFault(text, MAX_SORT_KEY_BYTES);
  if (fault !== undefined) faults.add(path, fault);
  return text;
}

/** The start of a time in the server's format: `2026-11`, `2026-11-29T10:00`. */
const TIME_START = /^\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d(\.\d{1,3}Z?)?)?)?)?)?)?$/;

/** Times are stored in UTC with milliseconds, and compared as text. */
function readTime(text: string, faults: Faults, path: string): string | undefined {
  if (isFormat('date-time', text)) return new Date(text).toISOString();
  if (TIME_START.test(text)) return text;
  const message = `must be a time such as 2026-11-29T10:00:00Z, or its start such as 2026-11, but was ${preview(text)}`;
  faults.add(path, message);
  return undefined;
}

/** Whether no value can be in the range. DynamoDB refuses bounds in the wrong order. */
export function isEmptyRange({ from, to }: SortRange): boolean {
  if (!from || !to) return false;
  const order = compare(from.value, to.value);
  return order > 0 || (order === 0 && (from.isOpen || to.isOpen));
}

/** Whether a value between the bounds is in the range. DynamoDB's BETWEEN also returns the bounds themselves. */
export function isInRange(value: unknown, { from, to }: SortRange): boolean {
  return !(from?.isOpen && value === from.value) && !(to?.isOpen && value === to.value);
}

/** Compares values as DynamoDB does: strings by their bytes in UTF-8. */
function compare(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}
