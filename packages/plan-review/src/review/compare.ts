/** Compares plans with a reviewed summary: first the plans by address, then the text byte by byte. */
import type { Plan } from '../model/plan';
import { PlanError } from '../plan-error';
import { FORMS } from '../print/forms';
import { DEFAULT_LIMIT, sizeOf, summaryRenderer } from '../print/summary';
import { checkFirst } from './first';
import { readKey, type ReviewKey } from './key';
import { isSealed, type ReviewedStack, reviewedStacks, totalDigest } from './record';
import type { Review } from './review';

export interface ReviewOptions {
  /** The commit of the new plans; the reviewed commit must be the same. @default not compared */
  readonly commit?: string | undefined;
  /** The key of the review. @default `readKey()` */
  readonly key?: ReviewKey | undefined;
  /**
   * Stacks whose plans have no changes, for example because an interrupted deployment applied them. They need no review.
   * @default none
   */
  readonly unchanged?: readonly string[];
}

export interface Comparison {
  /** Whether the plans, the commit and the text equal the reviewed ones. */
  readonly same: boolean;
  /** The digest over the compared plans. */
  readonly digest: string;
  /** The compared plans. */
  readonly plans: readonly Plan[];
  /** The sensitive texts of all plans, compared or not. */
  readonly secrets: readonly string[];
  /** Set when the commits differ. */
  readonly commit?: { readonly reviewed: string | undefined; readonly now: string };
  /** The ids of the keys, if they differ and a stack differs. Sensitive values then cannot be compared. */
  readonly keys?: { readonly reviewed: string | undefined; readonly now: string | undefined };
  /** The stacks that differ, sorted by name. */
  readonly stacks: readonly StackComparison[];
  /** The reviewed text. If a stack differs, nobody has checked that the text belongs to its record. */
  readonly reviewedText: string;
  /** Set when only the text differs. */
  readonly text?: TextDifference;
}

export interface StackComparison {
  readonly name: string;
  /** Undefined when a reviewed stack has no new plan. */
  readonly plan: Plan | undefined;
  /** Whether the stack was reviewed. */
  readonly reviewed: boolean;
  /** Empty when the record contains no addresses. */
  readonly differences: readonly AddressDifference[];
}

export interface AddressDifference {
  readonly address: string;
  /** `added`: only in the new plan; `removed`: only in the reviewed plan; `action` or `values`: differs between both. */
  readonly kind: 'added' | 'removed' | 'action' | 'values';
  /** The reviewed action. */
  readonly reviewed?: string;
  /** The new plan's action. */
  readonly now?: string;
}

/**
 * - `unsealed`: the text cannot be rendered again, because some stacks have no changes any more, and has no valid seal
 * - `shortened`: the text omits parts that the default limit has space for, and has no valid seal
 * - `first`: another text stands before the plans, and the summary has no valid seal
 * - `line`: the text differs from the summary of the plans
 */
export type TextDifference =
  | { readonly kind: 'unsealed'; readonly stacks: readonly string[] }
  | { readonly kind: 'shortened' }
  | { readonly kind: 'first' }
  | { readonly kind: 'line'; readonly line: number; readonly reviewed: string; readonly expected: string };

/**
 * Compares the plans of all stacks with a review.
 * @throws PlanError when there are no plans, two plans of one stack, or sensitive values without a key
 */
export function checkReview(review: Review, plans: readonly Plan[], options: ReviewOptions = {}): Comparison {
  if (plans.length === 0) throw new PlanError('There is no plan to compare with the review. Pass at least one plan.');
  const { commit, key = readKey(), unchanged = [] } = options;
  const { record } = review;
  const now = reviewedStacks(plans, key);
  // A stack without changes needs no review, but its part of the text is checked if it can be rendered again.
  const isApplied = (name: string) =>
    unchanged.includes(name) && lookUp(record.stacks, name)?.digest !== now[name]?.digest;
  const pending = plans.filter(({ name }) => !isApplied(name));
  const names = [...new Set([...Object.keys(record.stacks), ...plans.map(({ name }) => name)])].sort();
  const stacks = names
    .filter((name) => !isApplied(name))
    .flatMap((name) => {
      const plan = pending.find((candidate) => candidate.name === name);
      return compareStack(name, plan, lookUp(record.stacks, name), lookUp(now, name));
    });
  const commitDiffers = commit !== undefined && commit !== record.commit;
  const text =
    stacks.length > 0 || commitDiffers ? undefined : compareText(review, names.filter(isApplied), pending, key);
  return {
    same: stacks.length === 0 && !commitDiffers && text === undefined,
    digest: totalDigest(Object.fromEntries(Object.entries(now).filter(([name]) => !isApplied(name)))),
    plans: pending,
    // A secret of a stack without changes can occur without a mark in another stack.
    secrets: plans.flatMap(({ secrets }) => secrets),
    ...(commitDiffers && { commit: { reviewed: record.commit, now: commit } }),
    ...(stacks.length > 0 && key?.id !== record.key && { keys: { reviewed: record.key, now: key?.id } }),
    stacks,
    reviewedText: review.text,
    ...(text && { text }),
  };
}

function compareText(
  review: Review,
  applied: readonly string[],
  pending: readonly Plan[],
  key: ReviewKey | undefined,
): TextDifference | undefined {
  const { record, text } = review;
  const missing = applied.filter((name) => lookUp(record.stacks, name));
  if (missing.length > 0) return isSealed(record, text, key) ? undefined : { kind: 'unsealed', stacks: missing };
  const { commit, form } = record;
  if (!(form in FORMS))
    throw new PlanError(
      `${review.source}: its review record has the unknown form ${form}. Update plan-review, or make a new summary.`,
    );
  const render = summaryRenderer(pending, key);
  const settings = { commit, first: checkFirst(record.first) };
  const expected = render({ ...settings, form }).text;
  if (expected === text) {
    // Anybody can choose a short form, which hides the warnings. Only the holder of the key may choose a lower limit.
    const isChosen = form > 0 && sizeOf(render({ ...settings, form: form - 1 })) <= DEFAULT_LIMIT;
    if (isSealed(record, text, key)) return undefined;
    // Nothing in the plans determines the text before them: anybody could write one in front of a true summary.
    return isChosen ? { kind: 'shortened' } : record.first === '' ? undefined : { kind: 'first' };
  }
  const [lines, expectedLines] = [text.split('\n'), expected.split('\n')];
  const index = [...lines, ''].findIndex((line, position) => line !== expectedLines[position]);
  return { kind: 'line', line: index + 1, reviewed: lines[index] ?? '', expected: expectedLines[index] ?? '' };
}

/** Compares one stack. @returns an empty list when the plan equals the reviewed plan */
function compareStack(
  name: string,
  plan: Plan | undefined,
  reviewed: ReviewedStack | undefined,
  now: ReviewedStack | undefined,
): StackComparison[] {
  if (!plan || !reviewed) return [{ name, plan, reviewed: reviewed !== undefined, differences: [] }];
  if (now?.digest === reviewed.digest) return [];
  return [{ name, plan, reviewed: true, differences: compareEntries(reviewed.entries, now?.entries ?? {}) }];
}

function compareEntries(
  reviewedEntries: ReviewedStack['entries'],
  newEntries: NonNullable<ReviewedStack['entries']>,
): AddressDifference[] {
  if (!reviewedEntries) return [];
  const addresses = [...new Set([...Object.keys(reviewedEntries), ...Object.keys(newEntries)])].sort();
  return addresses.flatMap((address): AddressDifference[] => {
    const [reviewedEntry, entry] = [lookUp(reviewedEntries, address), lookUp(newEntries, address)];
    if (!reviewedEntry) return entry ? [{ address, kind: 'added', now: entry[0] }] : [];
    const [action, hash] = reviewedEntry;
    if (!entry) return [{ address, kind: 'removed', reviewed: action }];
    if (entry[0] !== action) return [{ address, kind: 'action', reviewed: action, now: entry[0] }];
    return entry[1] === hash ? [] : [{ address, kind: 'values', reviewed: action, now: action }];
  });
}

/** Reads a property, but no inherited property: the key comes from a comment, and can be a name such as `constructor`. */
function lookUp<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
