/** Runs the work for one request: whatever is thrown becomes a problem, and one log line is written. */
import { problemOf } from '../dynamodb/errors';
import { logger } from './log';
import { Problem } from './problem';

export type Outcome = { readonly value: unknown } | { readonly problem: Problem };

/**
 * @param id the id of the request; it stands in the log and in every error answer
 * @param route what the log calls the request: `GET /items/{id}`
 */
export async function run(id: string, route: string, work: () => Promise<unknown>): Promise<Outcome> {
  const start = performance.now();
  const outcome = await attempt(work);
  const status = 'problem' in outcome ? outcome.problem.status : 200;
  const duration = Math.round((performance.now() - start) * 100) / 100;
  const line = { request_id: id, route, status, duration_ms: duration };
  const message = `${route} ${status}`;
  const error = causeOf(outcome);
  if (status >= 500) logger.error(message, { ...line, error });
  else logger.info(message, error === undefined ? line : { ...line, error });
  return outcome;
}

async function attempt(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof Problem) return { problem: error };
    const unforeseen = 'Something went wrong on our side. Try again; if it stays, report the requestId.';
    return { problem: problemOf(error) ?? new Problem(500, unforeseen, { cause: error }) };
  }
}

/** What was thrown on our side, as an Error: Powertools writes these in full, with their causes. */
function causeOf(outcome: Outcome): Error | undefined {
  if (!('problem' in outcome)) return undefined;
  const { cause, status } = outcome.problem;
  if (cause === undefined) return status >= 500 ? outcome.problem : undefined;
  return cause instanceof Error ? cause : new Error('What was thrown is no Error', { cause });
}
