/** Decides when a function gets another instance. */
import { availableParallelism } from 'node:os';

/**
 * `requests`: a request that finds no idle instance starts an instance, as on Lambda.
 * `cores`: at most MAX_COMPUTING invocations compute concurrently. Waiting invocations do not count.
 */
export const SCALING_MODES = ['cores', 'requests'] as const;

export type ScalingMode = (typeof SCALING_MODES)[number];

/**
 * The maximum number of invocations that compute concurrently. Lambda has cores for every instance; this machine does not.
 * If the instances outnumber the cores, quick requests take longer: V8 optimizes the code of each thread separately, and the
 * threads compete for caches. One additional instance keeps all cores busy while another instance waits for DynamoDB.
 * docs/decisions/0009 has the measurements.
 */
export const MAX_COMPUTING = availableParallelism() + 1;

/** The maximum number of instances that load their code concurrently. */
export const MAX_STARTING = 8;

/** The age from which an invocation counts as waiting if it computed for less than half of its time. */
const MIN_WAITING_AGE_MS = 50;

/** The age from which an invocation always counts as waiting, so a long computation does not delay other invocations. */
const MAX_DELAY_MS = 1000;

/** How often the pool looks for waiting invocations while requests are queued. */
export const CHECK_INTERVAL_MS = 25;

/**
 * Whether an invocation counts as waiting, and its core as idle.
 * @param ageMs time since the start of the invocation
 * @param utilization returns the share of this time in which its thread computed, from 0 to 1
 */
export function isWaiting(ageMs: number, utilization: () => number): boolean {
  return ageMs >= MAX_DELAY_MS || (ageMs >= MIN_WAITING_AGE_MS && utilization() < 0.5);
}

/**
 * Returns how many more invocations may start.
 * @param busy number of instances that have an invocation or load their code
 * @param waiting number of busy instances whose invocation waits. The same number of further invocations may start. So if a
 *   function waits for a slow service, the number of instances doubles until every request has an instance, as on Lambda.
 */
export function remainingCapacity(busy: number, waiting: number, mode: ScalingMode = 'cores'): number {
  if (mode === 'requests') return Number.POSITIVE_INFINITY;
  return Math.max(MAX_COMPUTING, waiting) - (busy - waiting);
}
