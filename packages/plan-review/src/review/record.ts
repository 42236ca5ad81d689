/**
 * The review record: a hidden comment at the end of a summary. It identifies the reviewed plans, and says how to render
 * the summary again.
 *
 *   <!-- plan-review 2 CHECKSUM BASE64 -->
 *
 * BASE64 is deflated JSON; its alphabet cannot end a comment. CHECKSUM detects a record that was cut or changed by
 * accident. `seal` in the JSON is a keyed hash over the text and the record: only the holder of the key can make it.
 */
import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { deflateSync, strToU8 } from 'fflate';
import type { Plan } from '../model/plan';
import { canonicalJson } from '../model/value';
import { PlanError } from '../plan-error';
import { digestOfPlan, digestOfStacks, planEntries } from './digest';
import type { ReviewKey } from './key';

export interface ReviewedStack {
  /** The digest of the stack's plan, 64 hexadecimal digits. */
  readonly digest: string;
  /** Action and shortened hash by address; undefined when the summary was too long for entries. */
  readonly entries?: Readonly<Record<string, readonly [action: string, hash: string]>> | undefined;
}

export type ReviewedStacks = Readonly<Record<string, ReviewedStack>>;

/** The content of a record, without its key and seal. */
export interface RecordContent {
  /** The commit that the plans were made for; undefined when the summary names no commit. */
  readonly commit: string | undefined;
  /** The position of the summary's form in FORMS. */
  readonly form: number;
  /** The text before the plans. */
  readonly first: string;
  /** The reviewed stacks by name. */
  readonly stacks: ReviewedStacks;
}

export interface ReviewRecord extends RecordContent {
  /** The id of the key that hashed sensitive values, and made the seal. */
  readonly key?: string;
  readonly seal?: string;
}

export const RECORD_VERSION = '2';
export const RECORD_PREFIX = '<!-- plan-review';
/** The number of digits of an entry's hash. The hash only explains a difference: the digest decides. */
const ENTRY_HASH_DIGITS = 12;
/** Maximum size of the JSON in a record, in bytes. A few bytes of a record can inflate to gigabytes. */
const MAX_JSON_BYTES = 8_000_000;

/**
 * Makes the digests and entries of plans.
 * @throws PlanError for two plans of one stack, and for sensitive values without a key
 */
export function reviewedStacks(plans: readonly Plan[], key: ReviewKey | undefined): ReviewedStacks {
  const names = plans.map(({ name }) => name);
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate !== undefined) throw new PlanError(`There are two plans of the stack ${duplicate}. Pass one of them.`);
  return Object.fromEntries(
    plans.map((plan): [string, ReviewedStack] => {
      const entries = planEntries(plan, key);
      const shortened = entries.map(
        ({ address, action, hash }) => [address, [action, hash.slice(0, ENTRY_HASH_DIGITS)]] as const,
      );
      return [plan.name, { digest: digestOfPlan(plan, entries), entries: Object.fromEntries(shortened) }];
    }),
  );
}

/** Returns the digest over all stacks, 64 hexadecimal digits. */
export function totalDigest(stacks: ReviewedStacks): string {
  return digestOfStacks(Object.fromEntries(Object.entries(stacks).map(([name, { digest }]) => [name, digest])));
}

/** Removes the entries, which need most of the record's space. */
export function withoutAddresses(stacks: ReviewedStacks): ReviewedStacks {
  return Object.fromEntries(Object.entries(stacks).map(([name, { digest }]) => [name, { digest }]));
}

/**
 * Formats a record as a line of Markdown.
 * @param text the summary before the record
 */
export function formatReviewRecord(content: RecordContent, text: string, key: ReviewKey | undefined): string {
  const record: ReviewRecord = { ...content, ...(key && { key: key.id, seal: sealOf(content, text, key) }) };
  // Not node:zlib: its output differs between versions and processors.
  const data = Buffer.from(deflateSync(strToU8(JSON.stringify(record)), { level: 9 })).toString('base64');
  return `${RECORD_PREFIX} ${RECORD_VERSION} ${checksum(data)} ${data} -->`;
}

/** Returns whether the holder of the key made the record for this text. */
export function isSealed(record: ReviewRecord, text: string, key: ReviewKey | undefined): boolean {
  return key !== undefined && record.seal === sealOf(record, text, key);
}

/** @throws Error for data that is damaged, too large, or lacks required fields */
export function decodeRecord(data: string): ReviewRecord {
  const json = inflateRawSync(Buffer.from(data, 'base64'), { maxOutputLength: MAX_JSON_BYTES }).toString('utf8');
  const record: unknown = JSON.parse(json);
  if (!isReviewRecord(record)) throw new Error('it lacks required fields');
  return record;
}

export function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function sealOf({ commit, form, first, stacks }: RecordContent, text: string, key: ReviewKey): string {
  const stackList = Object.entries(stacks).map(([name, { digest, entries }]) => [
    name,
    digest,
    Object.entries(entries ?? {}).map(([address, entry]) => [address, ...entry]),
  ]);
  return key.hash('summary', text, canonicalJson([commit ?? null, form, first, stackList]));
}

function isReviewRecord(json: unknown): json is ReviewRecord {
  if (!isRecord(json)) return false;
  const { commit, form, first, key, seal, stacks } = json;
  if (![commit, key, seal].every((part) => part === undefined || typeof part === 'string')) return false;
  if (!Number.isInteger(form) || typeof first !== 'string' || !isRecord(stacks)) return false;
  return Object.values(stacks).every((stack) => {
    if (!isRecord(stack)) return false;
    const { digest, entries = {} } = stack;
    if (typeof digest !== 'string' || !/^[0-9a-f]{64}$/.test(digest) || !isRecord(entries)) return false;
    return Object.values(entries).every(
      (entry) => Array.isArray(entry) && entry.length === 2 && entry.every((part) => typeof part === 'string'),
    );
  });
}

function isRecord(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
