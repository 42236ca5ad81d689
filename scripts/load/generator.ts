/**
 * Sends the requests of a load test on several connections, within limits of time and number. It uses the requests of `npm run smoke`.
 * autocannon would add 65 packages, and resolves no names below `localhost`, at which emulators serve APIs.
 */
import { runStep } from '../smoke/session';
import type { Step } from '../smoke/step';
import type { Values } from '../smoke/values';
import { Figures } from './figures';

export interface LoadLimits {
  /** After this time, no request starts. A started request ends, at the latest with its timeout. */
  readonly seconds: number;
  /** Number of concurrent requests. */
  readonly connections: number;
  /** Maximum number of requests, without the clean-up of items. */
  readonly requests: number;
}

export interface LoadTarget {
  /** The API's URL, without a trailing slash. */
  readonly url: string;
  /** Makes the requests that a connection sends one after the other, and then repeats with new keys. */
  readonly cycle: () => readonly Step[];
  /** Values for the placeholders of all requests, such as a token. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Names the row of a request. */
  readonly nameOf: (step: Step) => string;
}

export interface LoadResult {
  readonly figures: ReadonlyMap<string, Figures>;
  readonly seconds: number;
  /** Number of items that could not be deleted. */
  readonly leftItems: number;
}

/** Attempts to delete an item, because a throttled API refuses some of them. */
const CLEAN_UP_ATTEMPTS = 5;
const CLEAN_UP_DELAY_MS = 300;

/** After this number of errors, no request starts: the API is down, or the requests are wrong. */
const MAX_ERRORS = 100;

/** Runs the load test of an API. Ctrl-C ends it early: pending requests end, and items are deleted. */
export async function generateLoad(target: LoadTarget, limits: LoadLimits): Promise<LoadResult> {
  const start = performance.now();
  const end = start + limits.seconds * 1000;
  const figures = new Map<string, Figures>();
  let started = 0;
  let errors = 0;
  let leftItems = 0;
  let interrupted = false;
  const isOver = () => interrupted || started >= limits.requests || errors >= MAX_ERRORS || performance.now() >= end;
  // A second Ctrl-C ends the process.
  const interrupt = () => {
    interrupted = true;
  };

  /** Sends a cycle. @returns whether all its requests were answered as expected */
  async function runCycle(steps: readonly Step[], values: Values): Promise<boolean> {
    for (const step of steps) {
      if (isOver()) return false;
      started += 1;
      const sent = performance.now();
      const result = await runStep(target.url, step, values);
      const name = target.nameOf(step);
      const row = figures.get(name) ?? new Figures();
      figures.set(name, row);
      const before = row.errors;
      row.count(result, performance.now() - sent);
      errors += row.errors - before;
      if (result.fault !== undefined) return false;
    }
    return true;
  }

  async function runConnection(): Promise<void> {
    while (!isOver()) {
      const steps = target.cycle();
      const values: Values = new Map(target.values);
      const complete = await runCycle(
        steps.filter(({ cleanUp }) => !cleanUp),
        values,
      );
      if (complete) continue;
      for (const step of steps.filter(({ cleanUp }) => cleanUp)) {
        if (!(await isCleanedUp(target.url, step, values))) leftItems += 1;
      }
    }
  }

  process.once('SIGINT', interrupt);
  await Promise.all(Array.from({ length: limits.connections }, runConnection));
  process.off('SIGINT', interrupt);
  return { figures, seconds: (performance.now() - start) / 1000, leftItems };
}

/** Deletes an item. @returns false when the API refused it, or did not answer, in all attempts */
async function isCleanedUp(url: string, step: Step, values: Values): Promise<boolean> {
  for (let attempt = 1; attempt <= CLEAN_UP_ATTEMPTS; attempt += 1) {
    const { status, fault } = await runStep(url, step, values);
    // 404 and 412: the item does not exist. Without a status and a fault, its creation failed, so its key is unknown.
    if (fault === undefined || status === 404 || status === 412) return true;
    await new Promise((resolve) => setTimeout(resolve, attempt * CLEAN_UP_DELAY_MS));
  }
  return false;
}
