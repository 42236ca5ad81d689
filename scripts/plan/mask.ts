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

/**
 * What one side marks as sensitive is hidden on both, as Terraform does: a value that loses its mark may still be the old
 * secret.
 * @returns both sides with marks; a value that is not there stays null
 */
export function masked(before: Value, after: Value, marks: Marks): readonly [before: Value, after: Value] {
  const known = withUnknown(after, marks.unknown);
  return [
    hide(before, known, marks.sensitiveBefore, marks.sensitiveAfter, () => SENSITIVE),
    hide(known, before, marks.sensitiveBefore, marks.sensitiveAfter, (value, other) => {
      if (value === UNKNOWN) return UNKNOWN;
      return same(value, other) ? SENSITIVE : SENSITIVE_CHANGED;
    }),
  ];
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

function hide(value: Value, other: Value | undefined, a: Value, b: Value, hidden: Hidden): Value {
  if (a === true || b === true) return hidden(value, other);
  if (isList(value))
    return value.map((part, index) => hide(part, at(other, index), at(a, index), at(b, index), hidden));
  if (!isObject(value)) return value;
  const parts = Object.entries(value).map(([key, part]): [string, Value] => {
    const marks = [attribute(a, key) ?? false, attribute(b, key) ?? false] as const;
    return [key, hide(part, attribute(other, key), ...marks, hidden)];
  });
  return Object.fromEntries(parts);
}

function at(value: Value | undefined, index: number): Value {
  return (isList(value) ? value[index] : undefined) ?? false;
}

function entries(value: Attributes): Map<string, Value> {
  return new Map(Object.entries(value));
}
