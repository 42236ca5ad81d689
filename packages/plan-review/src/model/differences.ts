/** Finds the differences between two values, by path. Compares JSON texts, such as policies, by their content. */
import { memberPath } from './path';
import { hasPolicyName } from './policy-names';
import {
  attribute,
  type Attributes,
  canonicalJson,
  isEmpty,
  isList,
  isObject,
  isSame,
  parseJsonText,
  REFORMATTED,
  UNKNOWN,
  type Value,
} from './value';

/** A value's place in a resource. */
export interface Place {
  /** The attribute, and the keys and indexes below it: `['rule', 0, 'days']`. */
  readonly steps: readonly (string | number)[];
  /** The steps as text: `rule[0].days`. The only member of a list has the list's path. */
  readonly path: string;
  /** Whether the value is a policy or a part of one. */
  readonly isPolicy: boolean;
}

export interface Difference extends Place {
  /** Undefined when the value is added. */
  readonly before: Value | undefined;
  /** Undefined when the value is removed. */
  readonly after: Value | undefined;
  /** Whether the lists contain the same members, in another order. */
  readonly isOrder?: boolean;
}

/** Whether a value is compared as a whole, because the differences inside it must stay hidden. */
export type IsOpaque = (value: Value | undefined, place: Place) => boolean;

export const ROOT: Place = { steps: [], path: '', isPolicy: false };

/** The elements of a policy and of its statements, also as arguments of an `aws_iam_policy_document`. */
const POLICY_ELEMENT = /^(version|id|policy_id|statement|(source|override)_policy_documents|(minified_)?json)$/i;
const STATEMENT_ELEMENT = /^(sid|effect|condition|(not_?)?(action|resource|principal)s?)$/i;

/** Returns the place of a member of an object. In a policy, a member that is no element of the policy is not a part of it. */
export function memberPlace({ steps, path, isPolicy: isInPolicy }: Place, key: string): Place {
  return { steps: [...steps, key], path: memberPath(path, key), isPolicy: isInPolicy && isElement(steps, key) };
}

/** Whether a key belongs to a policy. Principals and conditions can have any keys. */
function isElement(steps: Place['steps'], key: string): boolean {
  const names = [...steps, key].filter((step) => typeof step === 'string');
  const inStatement = names.slice(names.findLastIndex((name) => /^statement$/i.test(name)) + 1);
  const [element] = inStatement.length === names.length ? [] : inStatement;
  return element === undefined ? POLICY_ELEMENT.test(key) : STATEMENT_ELEMENT.test(element);
}

/** Returns the place of a member of a list. */
export function itemPlace({ steps, path, isPolicy: isInPolicy }: Place, index: number): Place {
  return { steps: [...steps, index], path: `${path}[${index}]`, isPolicy: isInPolicy };
}

/** Returns the place at the end of the steps. */
export function placeAt(steps: Place['steps']): Place {
  return steps.reduce<Place>(
    (place, step) => (typeof step === 'number' ? itemPlace(place, step) : memberPlace(place, step)),
    ROOT,
  );
}

/**
 * Marks a place as a policy if its content is a policy. A text that only looks like a policy counts in an attribute with the name of
 * a policy: elsewhere it can be a template with a secret.
 */
export function placeOf(content: Value | undefined, place: Place): Place {
  const isPolicy =
    typeof content === 'string' ? hasPolicyName(place.steps) && isPolicyText(content) : hasStatements(content);
  return isPolicy ? { ...place, isPolicy } : place;
}

/** Recognizes a policy that is not valid JSON. */
function isPolicyText(text: string): boolean {
  const statement = text.indexOf('"Statement"');
  return statement >= 0 && /^\s*[[{]/.test(text) && text.includes('"Effect"', statement);
}

function hasStatements(content: Value | undefined): boolean {
  const statements = attribute(content, 'Statement');
  return [statements].flat().some((statement) => attribute(statement, 'Effect') !== undefined);
}

/**
 * Finds all differences, sorted by path. A text with several lines, or a list of scalars, is one difference, because the order
 * matters.
 */
export function findDifferences(
  before: Value | undefined,
  after: Value | undefined,
  place: Place = ROOT,
  isOpaque: IsOpaque = () => false,
): Difference[] {
  if (before === after) return [];
  if (isOpaque(before, place) || isOpaque(after, place)) return wholeDifference(before, after, place);
  const [oldValue, newValue] = [parseJsonText(before) ?? before, parseJsonText(after) ?? after];
  const inside = placeOf(oldValue, placeOf(newValue, place));
  if ((oldValue !== before || newValue !== after) && isSame(oldValue, newValue)) {
    // `after` is an object when policy/data-source.ts resolved it. Terraform does not know its text yet.
    return [{ ...inside, before, after: typeof after === 'string' ? REFORMATTED : UNKNOWN }];
  }
  if (isObject(oldValue) && isObject(newValue)) return objectDifferences(oldValue, newValue, inside, isOpaque);
  if (isList(oldValue) && isList(newValue)) return listDifferences(oldValue, newValue, inside, isOpaque);
  return wholeDifference(before, after, inside);
}

function wholeDifference(before: Value | undefined, after: Value | undefined, place: Place): Difference[] {
  return isSame(before, after) || (isEmpty(before) && isEmpty(after)) ? [] : [{ ...place, before, after }];
}

function objectDifferences(before: Attributes, after: Attributes, place: Place, isOpaque: IsOpaque): Difference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => {
    const [oldValue, newValue] = [before, after].map((side) => (Object.hasOwn(side, key) ? side[key] : undefined));
    return findDifferences(oldValue, newValue, memberPlace(place, key), isOpaque);
  });
}

/**
 * Compares lists of objects or lists. A member that is in both lists is not a difference, but a changed order is.
 * The remaining members are compared in pairs.
 */
function listDifferences(
  before: readonly Value[],
  after: readonly Value[],
  place: Place,
  isOpaque: IsOpaque,
): Difference[] {
  if (![...before, ...after].some(isContainer)) return scalarDifferences(before, after, place, isOpaque);
  const [oldMembers, newMembers] = [matchMembers(before, after), matchMembers(after, before)];
  const pairs = pairUp(
    oldMembers.filter(({ isCommon }) => !isCommon),
    newMembers.filter(({ isCommon }) => !isCommon),
  );
  return [
    ...pairs.flatMap(([oldMember, newMember]) =>
      findDifferences(
        oldMember?.value,
        newMember?.value,
        itemPlace(place, (newMember ?? oldMember)?.index ?? 0),
        isOpaque,
      ),
    ),
    ...orderDifference(
      oldMembers.filter(({ isCommon }) => isCommon),
      newMembers.filter(({ isCommon }) => isCommon),
      place,
    ),
  ];
}

function scalarDifferences(
  before: readonly Value[],
  after: readonly Value[],
  place: Place,
  isOpaque: IsOpaque,
): Difference[] {
  if (before.length !== 1 || after.length !== 1) return wholeDifference(before, after, place);
  const { steps } = itemPlace(place, 0);
  return findDifferences(before[0], after[0], { ...place, steps }, isOpaque);
}

interface Member {
  readonly value: Value;
  readonly index: number;
  readonly json: string;
  /** Whether the other list contains the member too. Repetitions count: `[a]` lacks two members of `[a, a, a]`. */
  readonly isCommon: boolean;
}

function matchMembers(list: readonly Value[], other: readonly Value[]): Member[] {
  const counts = new Map<string, number>();
  for (const json of other.map(canonicalJson)) counts.set(json, (counts.get(json) ?? 0) + 1);
  return list.map((value, index) => {
    const json = canonicalJson(value);
    const count = counts.get(json) ?? 0;
    counts.set(json, count - 1);
    return { value, index, json, isCommon: count > 0 };
  });
}

function pairUp<T>(before: readonly T[], after: readonly T[]): (readonly [T | undefined, T | undefined])[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => [before[index], after[index]]);
}

function orderDifference(before: readonly Member[], after: readonly Member[], place: Place): Difference[] {
  if (before.every(({ json }, index) => json === after[index]?.json)) return [];
  const [oldValues, newValues] = [before, after].map((members) => members.map(({ value }) => value));
  return [{ ...place, before: oldValues, after: newValues, isOrder: true }];
}

function isContainer(value: Value | undefined): boolean {
  return isObject(value) || isList(value);
}
