/**
 * The digest of a plan: SHA-256 over one form of all that would be done, and of nothing else.
 *
 * In it: every address with its action, the values before and after, what is not known yet, what forces a replacement, moves
 * and imports; outputs; the region; data sources that are read during the apply, as a policy that is not known yet is made
 * of their arguments, and a plan with other arguments does something else.
 * Not in it: times, Terraform's version, orders, what has drifted (what is done about it is in the values before), and
 * sensitive values: a public digest of a short secret would tell it to whoever tries enough. That one changes is in it.
 */
import { createHash } from 'node:crypto';
import type { Action, Change, Plan } from './model';
import { canonical, PlanError, type Value } from './value';

/** A part of a plan, by which two plans are compared. */
export interface Entry {
  /** A resource's or data source's address, `output.NAME`, or `provider.NAME`. */
  readonly address: string;
  readonly action: Action;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

/** All parts of a plan, sorted by address. */
export function entriesOf(plan: Plan): Entry[] {
  const changes = [...plan.changes, ...plan.reads, ...plan.outputs].map((change) => ({
    address: change.address,
    action: change.action,
    hash: sha256(canonical(formOf(change))),
  }));
  const regions = Object.entries(plan.regions).map(([name, region]): Entry => ({
    address: `provider.${name}`,
    action: 'none',
    hash: sha256(canonical({ region })),
  }));
  return [...changes, ...regions].sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
}

/** The digest of a stack's plan, 64 hexadecimal digits. */
export function digestOfPlan(plan: Plan): string {
  return sha256(canonical(['plan 1', ...entriesOf(plan).map(({ address, action, hash }) => [address, action, hash])]));
}

/**
 * The digest over all stacks, whatever their order.
 * @throws PlanError for two plans of one stack
 */
export function digestOf(plans: readonly Plan[]): string {
  const names = plans.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new PlanError(`There are two plans of the stack ${twice}.`);
  return digestOfStacks(Object.fromEntries(plans.map((plan) => [plan.name, digestOfPlan(plan)])));
}

/** The digest over all stacks, from the digest of each. */
export function digestOfStacks(digests: Readonly<Record<string, string>>): string {
  return sha256(canonical(digests));
}

function formOf({ type, action, createFirst, before, after, forcedBy, movedFrom, importedFrom }: Change): Value {
  const forced = forcedBy.map((path) => canonical(path)).sort();
  const from = { movedFrom: movedFrom ?? null, importedFrom: importedFrom ?? null };
  return { type, action, createFirst, before, after, forced, ...from };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
