/** When the thread of a pool does not sleep while an instance is at work. */
import { performance } from 'node:perf_hooks';
import { cores } from '../../../local/lambda/cores';
import { functionPool, type FunctionPool } from '../../support/function-pool';

const WAITS = 'exports.handler = (ms) => new Promise((resolve) => setTimeout(resolve, ms, ms))';

let pools: FunctionPool;
beforeEach(() => {
  pools = functionPool();
});
afterEach(() => pools.stop());

/** The part of the time in which this thread did not sleep: the least and the most of some, as others take time of a busy machine. */
async function utilization(act: () => Promise<unknown>): Promise<{ least: number; most: number }> {
  const all: number[] = [];
  for (let time = 0; time < 5; time += 1) {
    const before = performance.eventLoopUtilization();
    await act();
    all.push(performance.eventLoopUtilization(before).utilization);
  }
  return { least: Math.min(...all), most: Math.max(...all) };
}

async function warm(source: string) {
  const pool = pools.of(source);
  await Promise.all([pool.invoke(1), pool.invoke(1)]);
  return pool;
}

test('it looks out for the answer to a lone invocation, and for the next one', async () => {
  const pool = await warm(WAITS);
  const quick = async () => {
    for (let time = 0; time < 20; time += 1) await pool.invoke(1);
  };
  const { least, most } = await utilization(quick);
  // With one core it would take that of the instance.
  if (cores() > 1) expect(most).toBeGreaterThan(0.7);
  else expect(least).toBeLessThan(0.5);
});

test('it sleeps while one waits for long', async () => {
  const pool = await warm(WAITS);
  const { least } = await utilization(() => pool.invoke(200));
  expect(least).toBeLessThan(0.2);
});

test('it leaves the cores to several', async () => {
  const pool = await warm(WAITS);
  const both = async () => {
    for (let time = 0; time < 5; time += 1) await Promise.all([pool.invoke(20), pool.invoke(20)]);
  };
  const { least } = await utilization(both);
  expect(least).toBeLessThan(0.2);
});
