/** Compares plans with the record of reviewed ones, and says by address what differs. */
import { detailLines } from './detail';
import { digestOf, digestOfPlan, entriesOf } from './digest';
import type { Plan } from './model';
import type { ReviewedStack, ReviewRecord } from './record';
import { lineText } from './text';
import { PlanError } from './value';

export interface Comparison {
  /** Whether every stack's plan, and the commit when one was given, is the reviewed one. */
  readonly same: boolean;
  /** Over all stacks of the new plans. */
  readonly digest: string;
  /** The commits, when they differ. */
  readonly commit?: { readonly reviewed: string | undefined; readonly now: string };
  /** The stacks that differ, in the order of their names. */
  readonly stacks: readonly StackComparison[];
}

export interface StackComparison {
  readonly name: string;
  /** The new plan; undefined where the reviewed stack has none. */
  readonly plan: Plan | undefined;
  /** Whether there is a review of the stack. */
  readonly reviewed: boolean;
  /** Empty when the record had no room for addresses. */
  readonly differences: readonly AddressDifference[];
}

export interface AddressDifference {
  readonly address: string;
  /** `added`: not in the reviewed plan; `gone`: only there; `action`, `values`: in both, but another. */
  readonly kind: 'added' | 'gone' | 'action' | 'values';
  readonly reviewed?: string;
  readonly now?: string;
}

/**
 * @param commit the commit of the new plans; with it, the review must be of the same
 * @throws PlanError when there is nothing to compare
 */
export function compare(record: ReviewRecord, plans: readonly Plan[], commit?: string): Comparison {
  if (plans.length === 0) throw new PlanError('There is no plan to compare with the review.');
  const names = [...new Set([...Object.keys(record.stacks), ...plans.map(({ name }) => name)])].sort();
  const stacks = names
    .map((name) =>
      ofStack(
        name,
        own(record.stacks, name),
        plans.find((plan) => plan.name === name),
      ),
    )
    .filter((stack) => stack !== undefined);
  const other = commit !== undefined && commit !== record.commit;
  return {
    same: stacks.length === 0 && !other,
    digest: digestOf(plans),
    ...(other && { commit: { reviewed: record.commit, now: commit } }),
    stacks,
  };
}

/** @returns undefined when the plan is the reviewed one */
function ofStack(
  name: string,
  reviewed: ReviewedStack | undefined,
  plan: Plan | undefined,
): StackComparison | undefined {
  if (!plan || !reviewed) return { name, plan, reviewed: reviewed !== undefined, differences: [] };
  if (digestOfPlan(plan) === reviewed.digest) return undefined;
  const now = new Map(entriesOf(plan).map((entry) => [entry.address, entry]));
  const then = reviewed.entries ?? {};
  const addresses = reviewed.entries ? [...new Set([...Object.keys(then), ...now.keys()])].sort() : [];
  const differences = addresses.flatMap((address): AddressDifference[] => {
    const [old, entry] = [own(then, address), now.get(address)];
    if (!old) return entry ? [{ address, kind: 'added', now: entry.action }] : [];
    const [action, hash] = old;
    if (!entry) return [{ address, kind: 'gone', reviewed: action }];
    if (entry.action !== action) return [{ address, kind: 'action', reviewed: action, now: entry.action }];
    return entry.hash.startsWith(hash) ? [] : [{ address, kind: 'values', reviewed: action, now: action }];
  });
  return { name, plan, reviewed: true, differences };
}

/** What differs, for a terminal or a log; one line when nothing does. */
export function comparisonText(comparison: Comparison, names: readonly string[]): string {
  if (comparison.same) return `The plan is the reviewed one: ${names.join(', ')} (sha256:${comparison.digest}).`;
  const { commit } = comparison;
  return [
    'The plan is not the reviewed one.',
    ...(commit
      ? [
          `  The review is of ${commit.reviewed ? `commit ${commit.reviewed}` : 'no commit'}, the plan of commit ${commit.now}.`,
        ]
      : []),
    ...comparison.stacks.flatMap(stackLines),
    '',
    'Nothing may be applied: have this plan reviewed (`npm run plan-summary` shows it).',
  ].join('\n');
}

const KINDS: Readonly<Record<AddressDifference['kind'], (difference: AddressDifference) => string>> = {
  added: ({ now }) => `not in the reviewed plan, now ${words(now)}`,
  gone: ({ reviewed }) => `no longer in the plan, reviewed as ${words(reviewed)}`,
  action: ({ reviewed, now }) => `reviewed as ${words(reviewed)}, now ${words(now)}`,
  values: ({ now }) => `${words(now)}, with other values than reviewed`,
};

function stackLines({ name, plan, reviewed, differences }: StackComparison): string[] {
  if (!plan) return ['', `${name}: was reviewed, and there is no plan of it.`];
  if (!reviewed) return ['', `${name}: was not reviewed.`];
  const changes = [...plan.changes, ...plan.reads, ...plan.outputs];
  const lines = differences.flatMap((difference) => {
    const change = changes.find(({ address }) => address === difference.address);
    const details = change ? detailLines(plan, change).slice(1) : [];
    return [
      `  ${lineText(difference.address)}: ${KINDS[difference.kind](difference)}`,
      ...details.map((line) => `      ${line}`),
    ];
  });
  if (differences.length === 0) lines.push('  The review was too large to hold addresses: compare the summaries.');
  return [
    '',
    `${name}: differs in ${differences.length === 1 ? 'one place' : `${differences.length || 'some'} places`}`,
    ...lines,
  ];
}

function words(action = ''): string {
  return action === 'none' ? 'nothing to do' : action;
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
