/**
 * The review record: a hidden comment in a summary, by which a later run knows what was reviewed.
 *
 *   <!-- plan-review 1 CHECKSUM BASE64 -->
 *
 * on a line of its own. BASE64 is deflated JSON; in that alphabet no comment can end. CHECKSUM tells a record that was cut
 * or changed on its way; it is no signature, so who may write the summary must be checked where it is kept.
 */
import { createHash } from 'node:crypto';
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import { digestOfPlan, digestOfStacks, entriesOf } from './digest';
import type { Plan } from './model';
import { PlanError } from './value';

export interface ReviewRecord {
  /** The commit that the plans were made for, where it was given. */
  readonly commit: string | undefined;
  readonly stacks: Readonly<Record<string, ReviewedStack>>;
}

export interface ReviewedStack {
  /** The digest of the stack's plan, 64 hexadecimal digits. */
  readonly digest: string;
  /** By address, its action and the first digits of its hash; undefined when there was no room for them. */
  readonly entries: Readonly<Record<string, readonly [action: string, hash: string]>> | undefined;
}

const VERSION = '1';
const MARK = '<!-- plan-review';
/** Digits of an entry's hash: they explain a difference, and the digest decides. */
const DIGITS = 12;
const AGAIN = 'Make a new summary with `npm run plan-summary`, and have it reviewed.';

/** The record of plans, as a line of Markdown. */
export function recordText(plans: readonly Plan[], commit: string | undefined, withEntries = true): string {
  const stacks = Object.fromEntries(
    plans.map((plan): [string, ReviewedStack] => {
      const entries = entriesOf(plan).map(
        ({ address, action, hash }) => [address, [action, hash.slice(0, DIGITS)]] as const,
      );
      return [
        plan.name,
        { digest: digestOfPlan(plan), entries: withEntries ? Object.fromEntries(entries) : undefined },
      ];
    }),
  );
  const json = JSON.stringify({ commit, stacks });
  // Not zlib, whose output differs with its version and the processor.
  const text = Buffer.from(deflateSync(strToU8(json), { level: 9 })).toString('base64');
  return `${MARK} ${VERSION} ${checksum(text)} ${text} -->`;
}

/** The digest over all stacks of a record. */
export function digestOfRecord({ stacks }: ReviewRecord): string {
  return digestOfStacks(Object.fromEntries(Object.entries(stacks).map(([name, { digest }]) => [name, digest])));
}

/**
 * Reads the record out of a summary, whatever stands before and after it.
 * @param source says in errors where the summary is from
 * @throws PlanError when there is none, more than one, or one that is not as it was written
 */
export function reviewRecord(markdown: string, source = 'The reviewed summary'): ReviewRecord {
  const fail = (text: string): never => {
    throw new PlanError(`${source}: ${text}. ${AGAIN}`);
  };
  const count = markdown.split(MARK).length - 1;
  if (count === 0) fail('there is no review record in it (a line that starts with <!-- plan-review)');
  if (count > 1) fail(`there are ${count} review records in it, and there must be one`);
  const [, version, sum, text = ''] =
    /^<!-- plan-review (\d+) ([0-9a-f]{16}) ([A-Za-z0-9+/]+={0,2}) -->[ \t]*\r?$/m.exec(markdown) ??
    fail('its review record is not whole, or not on a line of its own');
  if (version !== VERSION) fail(`its review record has version ${version ?? ''}, and ${VERSION} is understood`);
  if (checksum(text) !== sum) fail('its review record is not as it was written: its checksum is wrong');
  let record: unknown;
  try {
    record = JSON.parse(strFromU8(inflateSync(Buffer.from(text, 'base64'))));
  } catch (error) {
    fail(`its review record cannot be read (${(error as Error).message})`);
  }
  if (!isRecord(record)) return fail('its review record does not hold what one does');
  return { commit: record.commit, stacks: record.stacks };
}

function isRecord(json: unknown): json is ReviewRecord {
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
