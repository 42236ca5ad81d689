/** Executes the work of one invocation and writes its log line. */
import { problemOf } from './error-problem';
import { logger } from './logger';
import { metricsOf } from './metrics';
import type { Problem } from './problem';

export type Outcome<T> = { readonly value: T } | { readonly problem: Problem };

/**
 * Executes the work. A thrown error becomes a problem, and the log line contains the cause.
 * @param requestId id of the request in the log
 * @param route name of the request in the log: `GET /items/{id}`
 * @param statusOf the status in the log of work that succeeds @default 200
 */
export async function runLogged<T>(
  requestId: string,
  route: string,
  work: () => Promise<T>,
  statusOf: (value: T) => number = () => 200,
): Promise<Outcome<T>> {
  const start = performance.now();
  const outcome = await attempt(work);
  const status = 'problem' in outcome ? outcome.problem.status : statusOf(outcome.value);
  const duration = Math.round((performance.now() - start) * 100) / 100;
  const fields = { request_id: requestId, route, status, duration_ms: duration, ...metricsOf(status, duration) };
  const message = `${route} ${status}`;
  const error = 'problem' in outcome ? loggedError(outcome.problem) : undefined;
  if (status >= 500) logger.error(message, { ...fields, error });
  else logger.info(message, error === undefined ? fields : { ...fields, error });
  return outcome;
}

async function attempt<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** Returns the error to log: the cause of the problem, or the problem itself when it is a 5xx without a cause. */
function loggedError(problem: Problem): Error | undefined {
  const { cause, status } = problem;
  if (cause === undefined) return status >= 500 ? problem : undefined;
  return cause instanceof Error ? cause : new Error('The value that was thrown is not an Error', { cause });
}
