/**
 * The digest of a plan: SHA-256 over a canonical form of everything that the plan would do.
 *
 * Included: the address, action and reason of each change, values before and after, unknown values and the references of their
 * attributes, constants of write-only arguments, paths that force a replacement, moves, imports and identities. Outputs, provider
 * configurations, provisioners, programs, ephemeral resources, action invocations and failed checks are included too. So are data
 * sources that are read during the apply, because a policy that is not known yet is made from their arguments. In a refresh-only
 * plan, the stored drift is included. Variables are included when the plan lacks the value of a setting: each variable can
 * determine it.
 *
 * Not included: times, Terraform's version, the order of changes, and the drift of other plans (the values before the change
 * contain its effect).
 *
 * A hidden value is included as a hash with the review key, so a plan with another secret has another digest. Nobody can guess a
 * short secret from a public digest. Without hidden values, the digest does not depend on the key.
 *
 * A change of the canonical form invalidates every open review. Increase its version ("plan 2") when you change it.
 */
import { createHash } from 'node:crypto';
import { type Hidden, hiddenMember, isWhollyOpen } from '../model/hidden';
import { type Change, type Plan, programAddress, settingVariables } from '../model/plan';
import { canonicalJson, isEmpty, isList, isObject, UNKNOWN, type Value } from '../model/value';
import { PlanError } from '../plan-error';
import type { ReviewKey } from './key';

/** The part of the digest for one address of a plan. */
export interface PlanEntry {
  /** The address of a resource, data source or action, or `output.NAME`, `provider.NAME`, `var.NAME`. Unique in a plan. */
  readonly address: string;
  /** What the apply does at the address: an action on a resource, `run`, `open`, `invoke`, `fail`, `error` or `none`. */
  readonly action: string;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

/**
 * Makes all entries of a plan, sorted by address.
 * @param key the key that hashes hidden values
 * @throws PlanError when the plan has hidden values, and there is no key
 */
export function planEntries(plan: Plan, key: ReviewKey | undefined): PlanEntry[] {
  const conceal = concealer(plan.name, key);
  const changes = [...plan.changes, ...plan.reads, ...plan.outputs, ...(plan.refreshOnly ? plan.drift : [])];
  const programs = [...plan.provisioners, ...plan.programs];
  const forms: readonly (readonly [address: string, action: string, form: Value])[] = [
    ...changes.map((change) => [change.address, change.action, changeForm(change, conceal)] as const),
    ...plan.providers.map((provider) => {
      const address = `provider.${provider.key}`;
      const form = { ...provider, settings: conceal(address, provider.settings, provider.hidden), hidden: null };
      return [address, 'none', form] as const;
    }),
    ...programs.map((program) => [programAddress(program), 'run', { ...program }] as const),
    ...plan.ephemerals.map((program) => [programAddress(program), 'open', { ...program }] as const),
    ...plan.invocations.map(({ hidden, ...invocation }) => {
      const settings = conceal(invocation.address, invocation.settings, hidden);
      return [invocation.address, 'invoke', { ...invocation, settings }] as const;
    }),
    ...plan.checks.map((check) => [`check ${check.address}`, check.status, { ...check }] as const),
    ...settingVariables(plan).map(({ name, value, hidden }) => {
      const address = `var.${name}`;
      return [address, 'none', conceal(address, value, hidden)] as const;
    }),
  ];
  return withUniqueAddresses(
    forms
      .map(([address, action, form]) => ({ address, action, hash: sha256(canonicalJson(form)) }))
      .sort((a, b) => compareTexts(a.address, b.address) || compareTexts(a.hash, b.hash)),
  );
}

/**
 * Returns the digest of one stack's plan, 64 hexadecimal digits.
 * @param entries the entries of the plan, which are costly to make
 */
export function digestOfPlan({ refreshOnly }: Plan, entries: readonly PlanEntry[]): string {
  const forms = entries.map(({ address, action, hash }) => [address, action, hash]);
  return sha256(canonicalJson(['plan 2', refreshOnly, ...forms]));
}

/** Returns the digest over several stacks. Their order does not matter. @param digests the digest of each stack, by name */
export function digestOfStacks(digests: Readonly<Record<string, string>>): string {
  return sha256(canonicalJson(digests));
}

type Conceal = (address: string, value: Value, hidden: Hidden) => Value;

/** @returns a function that replaces each hidden value with its keyed hash */
function concealer(stack: string, key: ReviewKey | undefined): Conceal {
  const concealAt = (path: readonly string[], value: Value, hidden: Hidden): Value => {
    // Null, unknown and open values are not secret.
    if (value === null || value === UNKNOWN || isWhollyOpen(hidden)) return value;
    if (hidden === true) {
      if (!key) throw new PlanError(missingKeyText(stack, path));
      // A mark: no value of a plan has the same canonical form.
      return Symbol(`(hidden ${key.hash(stack, ...path, canonicalJson(value))})`);
    }
    const member = (part: Value, step: string) => concealAt([...path, step], part, hiddenMember(hidden, step));
    if (isList(value)) return value.map((part, index) => member(part, String(index)));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([step, part]) => [step, member(part, step)]));
  };
  return (address, value, hidden) => concealAt([address], value, hidden);
}

function missingKeyText(stack: string, [address = '', ...steps]: readonly string[]): string {
  const place = JSON.stringify([address, ...steps].join(', '));
  return (
    `${stack}: ${place} is sensitive, and there is no review key to compare it with. ` +
    'Pass a key file with --key, or set XDG_STATE_HOME to the absolute path of a folder that you can write.'
  );
}

function changeForm(change: Change, conceal: Conceal): Value {
  const { address, type, provider, createFirst, before, after, unresolved, writeOnly } = change;
  const { hidden, becameHidden, becameOpen, forcedBy } = change;
  return {
    type,
    provider,
    ...(change.providerKey !== undefined && { providerKey: change.providerKey }),
    createFirst,
    before: conceal(address, before, hidden),
    after: conceal(address, after, hidden),
    ...(unresolved.length > 0 && { unresolved }),
    ...(!isEmpty(writeOnly) && { writeOnly: conceal(`${address} (write-only)`, writeOnly, true) }),
    becameHidden,
    ...(becameOpen.length > 0 && { becameOpen }),
    forced: forcedBy.map((path) => canonicalJson(path)).sort(),
    reason: change.reason ?? null,
    movedFrom: change.movedFrom ?? null,
    imported: { ...change.imported },
    identity: { ...change.identity },
    generatedConfig: change.generatedConfig ?? null,
  };
}

/** Numbers the entries of an address, for example an action that two resources invoke. */
function withUniqueAddresses(entries: readonly PlanEntry[]): PlanEntry[] {
  const counts = new Map<string, number>();
  return entries.map((entry) => {
    const count = (counts.get(entry.address) ?? 0) + 1;
    counts.set(entry.address, count);
    return count === 1 ? entry : { ...entry, address: `${entry.address} (${count})` };
  });
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
