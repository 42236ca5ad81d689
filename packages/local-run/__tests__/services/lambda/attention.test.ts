/** When the thread of a pool does not sleep while an instance is at work. */
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Attention } from '../../../src/services/lambda/attention';
import { cores } from '../../../src/services/lambda/cores';
import type { Pool } from '../../../src/services/lambda/pool';
import { functionPool, type FunctionPool } from '../../support/function-pool';

const WAITS = 'exports.handler = (ms) => new Promise((resolve) => setTimeout(resolve, ms, ms))';

let pools: FunctionPool;
let pool: Pool;
let attention: Attention;
beforeEach(async () => {
  pools = functionPool();
  attention = new Attention();
  pool = pools.of(WAITS, { attention });
  await Promise.all([pool.invoke(1), pool.invoke(1)]);
});
afterEach(() => pools.stop());

const times = (count: number) => Array.from({ length: count });

/** The part of the time in which this thread did not sleep: the least and the most of some, as others take time of a busy machine. */
async function utilization(act: () => Promise<unknown>): Promise<{ least: number; most: number }> {
  const all: number[] = [];
  for (const _ of times(5)) {
    const before = performance.eventLoopUtilization();
    await act();
    all.push(performance.eventLoopUtilization(before).utilization);
  }
  return { least: Math.min(...all), most: Math.max(...all) };
}

test('it looks out for the answer, and the next request, of a caller who does not pause', async () => {
  const { least, most } = await utilization(async () => {
    for (const _ of times(20)) await pool.invoke(1);
  });
  // With one core it would take that of the instance.
  if (cores() > 1) expect(most).toBeGreaterThan(0.7);
  else expect(least).toBeLessThan(0.5);
});

test('it sleeps when the caller pauses', async () => {
  const { least } = await utilization(async () => {
    for (const _ of times(20)) {
      await pool.invoke(1);
      await pause(2);
    }
  });
  // To look out for 3 ms after each would be most of the time.
  expect(least).toBeLessThan(0.5);
});

test('it sleeps while one waits for long', async () => {
  const { least } = await utilization(() => pool.invoke(200));
  expect(least).toBeLessThan(0.2);
});

test('it leaves the cores to several, also where another function has one of them', async () => {
  const other = pools.of(WAITS, { attention, file: 'other.js', handler: 'other.handler' });
  await other.invoke(1);
  const { least } = await utilization(async () => {
    for (const _ of times(10)) await Promise.all([pool.invoke(10), other.invoke(10)]);
  });
  expect(least).toBeLessThan(0.2);
});

test('an invocation that fails is over, too', async () => {
  const fails = pools.of("exports.handler = async () => { throw new Error('no') }", { attention });
  await expect(fails.invoke(1)).rejects.toThrow();
  await fails.invoke(1).catch(() => attention.begin());
  expect(attention.isNeeded).toBe(cores() > 1);
});
