/** Puts marks in the place of what is not known yet and of what must not be shown, before anything else sees the values. */
import {
  attribute,
  type Attributes,
  isList,
  isObject,
  same,
  SENSITIVE,
  SENSITIVE_CHANGED,
  UNKNOWN,
  type Value,
} from './value';

/** What Terraform says of a change's values: `true` for a whole value, or an object or a list with the same of its parts. */
export interface Marks {
  readonly unknown: Value;
  readonly sensitiveBefore: Value;
  readonly sensitiveAfter: Value;
}

/** Shorter secrets are hidden where they are marked alone: elsewhere, such a word would mostly be another. */
const LEAST_SECRET = 8;

/**
 * What one side marks as sensitive is hidden on both, as Terraform does: a value that loses its mark may still be the old
 * secret.
 * @param secrets texts that are marked as sensitive anywhere in the plan; what has one in it is hidden too
 * @returns both sides with marks; a side that is not there stays null
 */
export function masked(
  before: Value,
  after: Value,
  marks: Marks,
  secrets: ReadonlySet<string>,
): readonly [before: Value, after: Value] {
  const known = withUnknown(after, marks.unknown);
  const hider = (hidden: Hidden) => (value: Value, other: Value) =>
    value === null ? null : hide(value, other, marks.sensitiveBefore, marks.sensitiveAfter, { secrets, hidden });
  return [
    hider(() => SENSITIVE)(before, known),
    hider((value, other) => {
      if (value === UNKNOWN) return UNKNOWN;
      return same(value, other) ? SENSITIVE : SENSITIVE_CHANGED;
    })(known, before),
  ];
}

/** The texts that are marked as sensitive: the same text may stand elsewhere, without a mark. */
export function secretsIn(value: Value, marks: Value): string[] {
  if (typeof value === 'string') return marks === true && value.length >= LEAST_SECRET ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, Value]) => {
    const mark = isList(marks) ? marks[Number(key)] : attribute(marks, key);
    return secretsIn(part, marks === true || (mark ?? false));
  });
}

/** Unknown attributes are absent from `after`, or null. */
function withUnknown(value: Value, unknown: Value): Value {
  if (unknown === true) return UNKNOWN;
  if (isList(unknown)) {
    const list = isList(value) ? value : [];
    return Array.from({ length: Math.max(list.length, unknown.length) }, (_, index) =>
      withUnknown(list[index] ?? null, unknown[index] ?? false),
    );
  }
  if (!isObject(unknown) || (value !== null && !isObject(value))) return value;
  if (value === null && Object.keys(unknown).length === 0) return value;
  const result = entries(value ?? {});
  for (const [key, part] of Object.entries(unknown)) {
    const filled = withUnknown(attribute(value ?? {}, key) ?? null, part);
    if (filled !== null) result.set(key, filled);
  }
  return Object.fromEntries(result);
}

type Hidden = (value: Value, other: Value | undefined) => Value;

interface Hiding {
  readonly secrets: ReadonlySet<string>;
  readonly hidden: Hidden;
}

function hide(value: Value, other: Value | undefined, a: Value, b: Value, hiding: Hiding): Value {
  if (a === true || b === true || holdsOne(value, hiding) || holdsOne(other, hiding))
    return hiding.hidden(value, other);
  if (isList(value)) {
    return value.map((part, index) => hide(part, at(other, index), at(a, index), at(b, index), hiding));
  }
  if (!isObject(value)) return value;
  const parts = Object.entries(value).map(([key, part]): [string, Value] => {
    const marks = [attribute(a, key) ?? false, attribute(b, key) ?? false] as const;
    return [key, hide(part, attribute(other, key), ...marks, hiding)];
  });
  return Object.fromEntries(parts);
}

function holdsOne(value: Value | undefined, { secrets }: Hiding): boolean {
  return typeof value === 'string' && [...secrets].some((secret) => value.includes(secret));
}

function at(value: Value | undefined, index: number): Value {
  return (isList(value) ? value[index] : undefined) ?? false;
}

function entries(value: Attributes): Map<string, Value> {
  return new Map(Object.entries(value));
}
