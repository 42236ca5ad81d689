/**
 * The digest of a plan: SHA-256 over a canonical form of everything that the plan would do.
 *
 * Included: the address and action of each change, values before and after, unknown values, what forces a replacement,
 * moves, imports, outputs and regions. Data sources that are read during the apply are included too, because a policy that
 * is not known yet is made from their arguments.
 *
 * Not included: times, Terraform's version, the order of changes, and drift (the values before the change contain its
 * effect). Sensitive values are not included, because anyone could guess a short secret from a public digest. The digest
 * only records whether a sensitive value changes.
 *
 * A change of the canonical form invalidates every open review. Increase its version ("plan 1") when you change it.
 */
import { createHash } from 'node:crypto';
import type { Action, Change, Plan } from '../model/plan';
import { attribute, canonicalJson, type Value } from '../model/value';
import { maskedPlan } from '../redact/masked-plan';
import { PlanError } from '../plan-error';

/** The part of the digest for one address of a plan. */
export interface PlanEntry {
  /** The address of a resource or data source, `output.NAME`, or `provider.NAME`. */
  readonly address: string;
  readonly action: Action;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

/** All entries of a plan, sorted by address. */
export function planEntries(realPlan: Plan): PlanEntry[] {
  const plan = maskedPlan(realPlan);
  const changes = [...plan.changes, ...plan.reads, ...plan.outputs].map((change) => ({
    address: change.address,
    action: change.action,
    hash: sha256(canonicalJson(canonicalForm(change))),
  }));
  const regions = plan.providers.flatMap(({ key, settings }): PlanEntry[] => {
    const region = attribute(settings, 'region');
    if (region === undefined) return [];
    return [{ address: `provider.${key}`, action: 'none', hash: sha256(canonicalJson({ region })) }];
  });
  return [...changes, ...regions].sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
}

/** The digest of one stack's plan, 64 hexadecimal digits. */
export function digestOfPlan(plan: Plan): string {
  return sha256(
    canonicalJson(['plan 1', ...planEntries(plan).map(({ address, action, hash }) => [address, action, hash])]),
  );
}

/**
 * The digest over the plans of several stacks, in any order.
 * @throws PlanError for two plans of one stack
 */
export function digestOfPlans(plans: readonly Plan[]): string {
  const names = plans.map(({ name }) => name);
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate !== undefined) throw new PlanError(`There are two plans of the stack ${duplicate}. Pass one of them.`);
  return sha256(canonicalJson(Object.fromEntries(plans.map((plan) => [plan.name, digestOfPlan(plan)]))));
}

function canonicalForm({ type, action, createFirst, before, after, forcedBy, movedFrom, imported }: Change): Value {
  const forced = forcedBy.map((path) => canonicalJson(path)).sort();
  const origin = { movedFrom: movedFrom ?? null, importedFrom: imported?.id ?? null };
  return { type, action, createFirst, before, after, forced, ...origin };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
