/** Replaces unknown and sensitive values with marks, before any other code sees the values. */
import { attribute, isList, isObject, isSame, SENSITIVE, SENSITIVE_CHANGED, UNKNOWN, type Value } from '../model/value';

/** Terraform's marks for a change: `true` for a whole value, or an object or list with the marks of its members. */
export interface Marks {
  readonly unknown: Value;
  readonly sensitiveBefore: Value;
  readonly sensitiveAfter: Value;
}

/** A shorter secret is hidden only where it is marked. Elsewhere, the same short text is probably not a secret. */
const MIN_SECRET_LENGTH = 8;

/**
 * Hides a value on both sides if either side marks it as sensitive, as Terraform does. A value that loses its mark may
 * still be the old secret.
 * @param secrets texts that are marked as sensitive anywhere in the plan; a value that contains one is hidden too
 * @returns both sides with marks; null stays null
 */
export function maskSides(
  before: Value,
  after: Value,
  { unknown, sensitiveBefore, sensitiveAfter }: Marks,
  secrets: ReadonlySet<string>,
): readonly [before: Value, after: Value] {
  const afterWithUnknown = withUnknown(after, unknown);
  const maskBefore: MaskOptions = { secrets, chooseMark: () => SENSITIVE };
  const maskAfter: MaskOptions = {
    secrets,
    chooseMark: (value, other) => (value === UNKNOWN ? UNKNOWN : isSame(value, other) ? SENSITIVE : SENSITIVE_CHANGED),
  };
  return [
    before === null ? null : mask(before, afterWithUnknown, sensitiveBefore, sensitiveAfter, maskBefore),
    afterWithUnknown === null ? null : mask(afterWithUnknown, before, sensitiveBefore, sensitiveAfter, maskAfter),
  ];
}

/** Collects the texts that are marked as sensitive. The same text may also occur at a place without a mark. */
export function sensitiveTexts(value: Value, marks: Value): string[] {
  if (typeof value === 'string') return marks === true && value.length >= MIN_SECRET_LENGTH ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, Value]) => {
    const mark = isList(marks) ? marks[Number(key)] : attribute(marks, key);
    return sensitiveTexts(part, marks === true || (mark ?? false));
  });
}

/** Inserts UNKNOWN. In the plan's JSON an unknown attribute is absent from `after`, or null. */
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
  const members = new Map<string, Value>(Object.entries(value ?? {}));
  for (const [key, mark] of Object.entries(unknown)) {
    const member = withUnknown(attribute(value ?? {}, key) ?? null, mark);
    if (member !== null) members.set(key, member);
  }
  return Object.fromEntries(members);
}

interface MaskOptions {
  readonly secrets: ReadonlySet<string>;
  /** Chooses the mark for a sensitive value. */
  readonly chooseMark: (value: Value, other: Value | undefined) => Value;
}

/** Masks `value`; `other` is the value on the other side of the change, at the same path. */
function mask(
  value: Value,
  other: Value | undefined,
  marksBefore: Value,
  marksAfter: Value,
  options: MaskOptions,
): Value {
  if (marksBefore === true || marksAfter === true || containsSecret(value, options) || containsSecret(other, options)) {
    return options.chooseMark(value, other);
  }
  if (isList(value)) {
    return value.map((part, index) =>
      mask(part, memberAt(other, index), memberAt(marksBefore, index), memberAt(marksAfter, index), options),
    );
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, part]): [string, Value] => {
    const [before, after] = [attribute(marksBefore, key) ?? false, attribute(marksAfter, key) ?? false];
    return [key, mask(part, attribute(other, key), before, after, options)];
  });
  return Object.fromEntries(members);
}

function containsSecret(value: Value | undefined, { secrets }: MaskOptions): boolean {
  return typeof value === 'string' && [...secrets].some((secret) => value.includes(secret));
}

function memberAt(value: Value | undefined, index: number): Value {
  return (isList(value) ? value[index] : undefined) ?? false;
}
