/** Decides when a function gets another instance. */
import { availableParallelism } from 'node:os';

/**
 * `requests`: each request that finds no idle instance starts one, as in Lambda.
 * `cores`: at most MAX_COMPUTING invocations compute at a time. Waiting invocations do not count.
 */
export const SCALING_MODES = ['cores', 'requests'] as const;

export type ScalingMode = (typeof SCALING_MODES)[number];

/**
 * Lambda has cores for every instance; this machine does not. More instances than cores answer quick requests more slowly:
 * V8 optimizes the code of each thread separately, and the threads compete for caches. One instance more than cores
 * keeps all cores busy while other instances wait for DynamoDB. docs/decisions/0009 has the measurements.
 */
export const MAX_COMPUTING = availableParallelism() + 1;

/** The maximum number of instances that load their code at the same time. */
export const MAX_STARTING = 8;

/** From this age, an invocation counts as waiting if it computed for less than half of its time. */
const WAITS_AFTER_MS = 50;

/** From this age, an invocation counts as waiting even if it computes. So it no longer delays other invocations. */
const MAX_DELAY_MS = 1000;

/** How often the pool looks for waiting invocations while requests are queued. */
export const CHECK_INTERVAL_MS = 25;

/**
 * Whether an invocation counts as waiting, and its core as free.
 * @param ageMs age of the invocation
 * @param utilization share of that time in which its thread computed, 0 to 1
 */
export function isWaiting(ageMs: number, utilization: () => number): boolean {
  return ageMs >= MAX_DELAY_MS || (ageMs >= WAITS_AFTER_MS && utilization() < 0.5);
}

/**
 * How many more invocations may begin.
 * @param busy instances that have an invocation or load their code
 * @param waiting busy instances whose invocation waits. The same number of further invocations may begin. So if a function
 *   waits for a slow service, the number of instances doubles until every request has an instance, as in Lambda.
 */
export function capacity(busy: number, waiting: number, mode: ScalingMode = 'cores'): number {
  if (mode === 'requests') return Number.POSITIVE_INFINITY;
  return Math.max(MAX_COMPUTING, waiting) - (busy - waiting);
}
