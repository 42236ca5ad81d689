/**
 * The review record: a hidden comment in a summary that identifies the reviewed plans.
 *
 *   <!-- plan-review 1 CHECKSUM BASE64 -->
 *
 * The comment is on a separate line. BASE64 is deflated JSON; its alphabet cannot end a comment. CHECKSUM detects a record
 * that was cut or changed by accident. CHECKSUM is not a signature: check who wrote a summary before you trust it.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import type { Plan } from '../model/plan';
import { PlanError } from '../plan-error';
import { digestOfPlan, planEntries } from './digest';
import type { ReviewKey } from './key';

export interface ReviewRecord {
  /** The commit that the plans were made for; undefined when the summary names no commit. */
  readonly commit: string | undefined;
  /** The reviewed stacks by name. */
  readonly stacks: Readonly<Record<string, ReviewedStack>>;
}

export interface ReviewedStack {
  /** The digest of the stack's plan, 64 hexadecimal digits. */
  readonly digest: string;
  /** Action and shortened hash by address; undefined when the summary was too long for entries. */
  readonly entries: Readonly<Record<string, readonly [action: string, hash: string]>> | undefined;
}

const VERSION = '1';
const PREFIX = '<!-- plan-review';
/** The hash of an entry only explains a difference; the digest decides. */
const ENTRY_HASH_DIGITS = 12;

/** Formats the record of plans as a line of Markdown. */
export function formatReviewRecord(
  plans: readonly Plan[],
  commit: string | undefined,
  key: ReviewKey | undefined,
  withEntries = true,
): string {
  const stacks = Object.fromEntries(
    plans.map((plan): [string, ReviewedStack] => {
      const entries = planEntries(plan, key).map(
        ({ address, action, hash }) => [address, [action, hash.slice(0, ENTRY_HASH_DIGITS)]] as const,
      );
      return [
        plan.name,
        { digest: digestOfPlan(plan, key), entries: withEntries ? Object.fromEntries(entries) : undefined },
      ];
    }),
  );
  const json = JSON.stringify({ commit, stacks });
  // Not node:zlib: its output differs between versions and processors.
  const text = Buffer.from(deflateSync(strToU8(json), { level: 9 })).toString('base64');
  return `${PREFIX} ${VERSION} ${checksum(text)} ${text} -->`;
}

/**
 * Reads the record from a file with a summary.
 * @throws PlanError when the file cannot be read, and in the same cases as `parseReviewRecord`
 */
export function readReviewRecord(file: string): ReviewRecord {
  let markdown: string;
  try {
    markdown = readFileSync(file, 'utf8');
  } catch (error) {
    throw new PlanError(`--reviewed: ${file} cannot be read (${(error as Error).message}).`);
  }
  return parseReviewRecord(markdown, file);
}

/**
 * Reads the record from a summary. Other text may stand before and after it.
 * @param source names the summary's origin in errors
 * @throws PlanError when the summary contains no record, several records, or a damaged record
 */
export function parseReviewRecord(markdown: string, source = 'The reviewed summary'): ReviewRecord {
  const fail = (problem: string): never => {
    throw new PlanError(`${source}: ${problem}. Make a new summary with plan-summary, and have it reviewed.`);
  };
  const count = markdown.split(PREFIX).length - 1;
  if (count === 0) fail(`contains no review record (a line that starts with ${PREFIX})`);
  if (count > 1) fail(`contains ${count} review records; there must be exactly one`);
  const [, version, sum, text = ''] =
    /^<!-- plan-review (\d+) ([0-9a-f]{16}) ([A-Za-z0-9+/]+={0,2}) -->[ \t]*\r?$/m.exec(markdown) ??
    fail('its review record is incomplete, or shares a line with other text');
  if (version !== VERSION) fail(`its review record has version ${version ?? ''}; only ${VERSION} is supported`);
  if (checksum(text) !== sum) fail('its review record was changed: the checksum is wrong');
  let record: unknown;
  try {
    record = JSON.parse(strFromU8(inflateSync(Buffer.from(text, 'base64'))));
  } catch (error) {
    fail(`its review record cannot be read (${(error as Error).message})`);
  }
  if (!isReviewRecord(record)) return fail('its review record lacks required fields');
  return { commit: record.commit, stacks: record.stacks };
}

function isReviewRecord(json: unknown): json is ReviewRecord {
  const { commit, stacks } = (json ?? {}) as { commit?: unknown; stacks?: unknown };
  if (commit !== undefined && typeof commit !== 'string') return false;
  if (typeof stacks !== 'object' || stacks === null || Array.isArray(stacks)) return false;
  return Object.values(stacks as Readonly<Record<string, unknown>>).every((stack) => {
    const { digest, entries = {} } = (stack ?? {}) as { digest?: unknown; entries?: unknown };
    if (typeof digest !== 'string' || !/^[0-9a-f]{64}$/.test(digest)) return false;
    if (typeof entries !== 'object' || entries === null) return false;
    return Object.values(entries).every(
      (entry) => Array.isArray(entry) && entry.length === 2 && entry.every((part) => typeof part === 'string'),
    );
  });
}

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
