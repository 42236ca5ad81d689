/** Unites Terraform's sensitive marks of both sides of a change. Only the printed text hides a value; comparisons use the value. */
import { attribute, canonicalJson, isList, isObject, isSame, UNKNOWN, type Value } from './value';

/** The hidden parts of a value: `true` for the whole value, or the hidden members by key or index. */
export type Hidden = boolean | { readonly [step: string]: Hidden };

/**
 * Unites the marks of both sides by path. A value that is marked on one side is hidden on both: a value that loses its mark
 * may still be the old secret.
 */
export function uniteMarks(before: Value, after: Value, markBefore: Value, markAfter: Value): Hidden {
  if (markBefore === true || markAfter === true) return true;
  if (!hasMark(markBefore) && !hasMark(markAfter)) return false;
  if (isList(before) && isList(after) && isRearranged(before, after)) {
    const marks = [...membersOf(markBefore, before.length), ...membersOf(markAfter, after.length)];
    // If members moved, their indexes do not match their marks. Then the whole list is hidden, unless all marks are equal.
    if (new Set(marks.map((mark) => canonicalJson(withoutOpen(mark)))).size > 1) return true;
  }
  const steps = new Set([...Object.keys(toRecord(markBefore)), ...Object.keys(toRecord(markAfter))]);
  const members = [...steps].map((step): [string, Hidden] => {
    const [oldValue, newValue, oldMark, newMark] = [before, after, markBefore, markAfter].map((side) => at(side, step));
    return [step, uniteMarks(oldValue ?? null, newValue ?? null, oldMark ?? false, newMark ?? false)];
  });
  return Object.fromEntries(members.filter(([, hidden]) => hidden !== false));
}

/** Whether the value at the path, or a value that contains it, is hidden. */
export function hiddenAt(hidden: Hidden, path: readonly (string | number)[]): boolean {
  let rest: Hidden | undefined = hidden;
  for (const step of path) {
    if (typeof rest !== 'object' || !Object.hasOwn(rest, step)) break;
    rest = rest[step];
  }
  return rest === true;
}

/** Returns the hidden parts of a member of a value. */
export function hiddenMember(hidden: Hidden, step: string | number): Hidden {
  if (typeof hidden === 'boolean') return hidden;
  return Object.hasOwn(hidden, step) ? (hidden[step] ?? false) : false;
}

/** Whether nothing in the value is hidden. */
export function isWhollyOpen(hidden: Hidden): boolean {
  return typeof hidden === 'boolean' ? !hidden : Object.values(hidden).every(isWhollyOpen);
}

/** Whether a mark covers a part of the value. */
function hasMark(mark: Value): boolean {
  return mark === true || (typeof mark === 'object' && mark !== null && Object.values(toRecord(mark)).some(hasMark));
}

/** Whether a value that exists on both sides is marked only in `after`. Nothing is known of the marks of an unknown `before`. */
export function becomesMarked(before: Value, after: Value, markBefore: Value, markAfter: Value): boolean {
  if (before === null || before === UNKNOWN || after === null || markBefore === true) return false;
  if (markAfter === true) return !isWhollyMarked(before, markBefore);
  return Object.entries(toRecord(markAfter)).some(([step, mark]) =>
    becomesMarked(at(before, step) ?? null, at(after, step) ?? null, at(markBefore, step) ?? false, mark),
  );
}

function isWhollyMarked(value: Value, mark: Value): boolean {
  if (mark === true || value === null || value === UNKNOWN) return true;
  const members = Object.entries(toRecord(value));
  return members.length > 0 && members.every(([step, part]) => isWhollyMarked(part, at(mark, step) ?? false));
}

/** Whether the lengths differ, or a member is in both lists at different places. */
function isRearranged(before: readonly Value[], after: readonly Value[]): boolean {
  if (before.length !== after.length) return true;
  if (isSame(before, after)) return false;
  const [oldTexts, newTexts] = [before.map(canonicalJson), after.map(canonicalJson)];
  const known = new Set(oldTexts);
  return newTexts.some((text, index) => text !== oldTexts[index] && known.has(text));
}

/** Removes members that mark nothing: Terraform writes `{"a": false}`, `[]` or nothing for them. */
function withoutOpen(mark: Value): Hidden {
  return uniteMarks(null, null, mark, false);
}

function membersOf(mark: Value, length: number): Value[] {
  return Array.from({ length }, (_, index) => at(mark, String(index)) ?? false);
}

function toRecord(value: Value): Readonly<Record<string, Value>> {
  if (isList(value)) return Object.fromEntries(value.entries());
  return isObject(value) ? value : {};
}

function at(value: Value, step: string): Value | undefined {
  return isList(value) ? value[Number(step)] : attribute(value, step);
}
