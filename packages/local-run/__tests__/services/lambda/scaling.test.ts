/** When a function gets another instance. */
import { capacity, isWaiting, MAX_COMPUTING, type ScalingMode } from '../../../src/services/lambda/scaling';
import { functionPool, type FunctionPool } from '../../support/function-pool';

let pools: FunctionPool;
beforeEach(() => {
  pools = functionPool();
});
afterEach(() => pools.stop());

test('waiting invocations do not count, and the same number of further invocations may begin', () => {
  expect(capacity(0, 0)).toBe(MAX_COMPUTING);
  expect(capacity(MAX_COMPUTING, 0)).toBe(0);
  expect(capacity(MAX_COMPUTING, 1)).toBe(1);
  expect(capacity(10 * MAX_COMPUTING, 10 * MAX_COMPUTING)).toBe(10 * MAX_COMPUTING);
});

test.each([
  [49, 0, false],
  [50, 0, true],
  [50, 0.9, false],
  [1000, 1, true],
])('an invocation of %d ms with utilization %d: waiting %p', (age, utilization, expected) => {
  expect(isWaiting(age, () => utilization)).toBe(expected);
});

const INSTANCE = "const id = require('node:crypto').randomUUID(); let running = 0; let max = 0;";

/** @returns how many instances answered, and the maximum of invocations that ran at the same time in one of them */
async function invokeConcurrently(source: string, count: number, scaling?: ScalingMode) {
  const code = `${INSTANCE}
    exports.handler = async () => { running += 1; max = Math.max(max, running); try { ${source} } finally { running -= 1 } return { id, max } }`;
  const pool = pools.of(code, scaling && { scaling });
  const results = await Promise.all(Array.from({ length: count }, () => pool.invoke({})));
  const answers = results.map(({ json }) => JSON.parse(json) as { id: string; max: number });
  return { instances: new Set(answers.map(({ id }) => id)).size, max: Math.max(...answers.map(({ max }) => max)) };
}

test('quick invocations share MAX_COMPUTING instances, each with one invocation at a time', async () => {
  const { instances, max } = await invokeConcurrently('', 100);
  expect(max).toBe(1);
  // On a busy machine, a computing invocation can count as waiting.
  expect(instances).toBeLessThanOrEqual(2 * MAX_COMPUTING);
});

test('each waiting invocation gets its own instance', async () => {
  const waiting = 'await new Promise((done) => setTimeout(done, 2000))';
  expect(await invokeConcurrently(waiting, 12)).toEqual({ instances: 12, max: 1 });
}, 20_000);

test('in the mode "requests", each computing invocation gets its own instance', async () => {
  const compute = 'for (const end = Date.now() + 400; Date.now() < end; );';
  expect(await invokeConcurrently(compute, 6, 'requests')).toEqual({ instances: 6, max: 1 });
  expect((await invokeConcurrently(compute, 6)).instances).toBeLessThan(6);
}, 20_000);
