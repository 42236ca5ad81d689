/** How many invocations of a function run at a time: one more than there are cores, beside those that wait for something; or all. */
import { cores } from './cores';

/** `requests`: an instance for each request that finds none idle, as in Lambda. `cores`: see below. */
export const GROWTHS = ['cores', 'requests'] as const;

export type Growth = (typeof GROWTHS)[number];

/**
 * Lambda, which has cores for all, starts an instance for each request that finds none idle. Here, many more instances than
 * cores answer quick requests no sooner: each runs code that V8 has not yet optimized for it, and they take turns in the
 * same caches. Ten threads on two cores took 1.7 times the processor time a request that two take. One more than cores has
 * something to do while the others wait for DynamoDB.
 */
export const AT_ONCE = cores() + 1;

/** So many threads load their code at once; more would only make each other slower. */
export const MOST_STARTING = 8;

/** An invocation that has run for so long is followed by none: others may be free sooner. */
export const SLOW_MS = 50;

/** One that has, and did not compute for most of it, waits: its core is free for another one. */
const WAITS_AFTER_MS = SLOW_MS;

/** One that has run for so long holds up no other, even when it computes. */
const HOLDS_UP_MS = 1000;

/** How often to look whether one waits, while others have no instance, or follow it. */
export const LOOK_EVERY_MS = 25;

/**
 * @param ageMs of the invocation
 * @param utilization part of this time in which its thread computed
 */
export function waits(ageMs: number, utilization: () => number): boolean {
  return ageMs >= HOLDS_UP_MS || (ageMs >= WAITS_AFTER_MS && utilization() < 0.5);
}

/**
 * How many more invocations may begin.
 * @param busy instances that have an invocation, or are loading their code for one
 * @param waiting those of them whose invocation waits; as many others may run, so that their number soon is
 *   Lambda's where a function waits for something slow
 */
export function room(busy: number, waiting: number, growth: Growth = 'cores'): number {
  if (growth === 'requests') return Number.POSITIVE_INFINITY;
  return Math.max(AT_ONCE, waiting) - (busy - waiting);
}
