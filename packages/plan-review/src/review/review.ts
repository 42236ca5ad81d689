/** Reads a reviewed summary: the text that people read, and its review record. */
import { readFileSync } from 'node:fs';
import { PlanError } from '../plan-error';
import { checksum, decodeRecord, RECORD_PREFIX, RECORD_VERSION, type ReviewRecord } from './record';

export interface Review {
  /** Names the summary's origin in errors. */
  readonly source: string;
  /** The text before the record, with `\n` as line end. */
  readonly text: string;
  readonly record: ReviewRecord;
}

/** A comment that a workflow may put before a summary, to find it again. */
const MARK = /^<!-- [\w ,.-]+ -->\n+/;

const RECORD_LINE = /\n\n<!-- plan-review (\d+) ([0-9a-f]{16}) ([A-Za-z0-9+/]+={0,2}) -->\n*$/;

/**
 * Reads a file with a summary.
 * @throws PlanError when the file cannot be read, and in the same cases as `parseReview`
 */
export function readReview(file: string): Review {
  let markdown: string;
  try {
    markdown = readFileSync(file, 'utf8');
  } catch (error) {
    throw new PlanError(`--reviewed: ${file} cannot be read (${(error as Error).message}).`);
  }
  return parseReview(markdown, file);
}

/**
 * Parses a summary. A comment may precede it in the first line. Nothing may follow the review record.
 * @param source names the summary's origin in errors
 * @throws PlanError when the summary contains no record, several records, or a damaged record
 */
export function parseReview(markdown: string, source = 'The reviewed summary'): Review {
  const fail = (problem: string): never => {
    throw new PlanError(`${source}: ${problem}. Make a new summary with plan-summary, and have it reviewed.`);
  };
  const normalized = markdown.replaceAll('\r\n', '\n');
  const count = normalized.split(RECORD_PREFIX).length - 1;
  if (count === 0) fail(`contains no review record (a line that starts with ${RECORD_PREFIX})`);
  if (count > 1) fail(`contains ${count} review records; there must be exactly one`);
  const match =
    RECORD_LINE.exec(normalized) ?? fail('its review record is incomplete, or is not a separate line at the end');
  const [, version, sum, data = ''] = match;
  if (version !== RECORD_VERSION) {
    fail(`its review record has version ${version ?? ''}; only ${RECORD_VERSION} is supported`);
  }
  if (checksum(data) !== sum) fail('its review record was changed: the checksum is wrong');
  try {
    return { source, text: normalized.slice(0, match.index).replace(MARK, ''), record: decodeRecord(data) };
  } catch (error) {
    return fail(`its review record cannot be read (${(error as Error).message})`);
  }
}

/** Reads only the record of a summary. @throws PlanError in the same cases as `parseReview` */
export function parseReviewRecord(markdown: string, source?: string): ReviewRecord {
  return parseReview(markdown, source).record;
}
