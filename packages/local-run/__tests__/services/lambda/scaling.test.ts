/** Tests when a function gets another instance. */
import { isWaiting, MAX_COMPUTING, remainingCapacity, type ScalingMode } from '../../../src/services/lambda/scaling';
import { createFunctionPools, type FunctionPools } from '../../support/function-pools';

let pools: FunctionPools;
beforeEach(() => {
  pools = createFunctionPools();
});
afterEach(() => pools.stop());

test('as many further invocations may start as invocations wait, even above MAX_COMPUTING', () => {
  expect(remainingCapacity(0, 0)).toBe(MAX_COMPUTING);
  expect(remainingCapacity(MAX_COMPUTING, 0)).toBe(0);
  expect(remainingCapacity(MAX_COMPUTING, 1)).toBe(1);
  expect(remainingCapacity(10 * MAX_COMPUTING, 10 * MAX_COMPUTING)).toBe(10 * MAX_COMPUTING);
});

test.each([
  [49, 0, false],
  [50, 0, true],
  [50, 0.9, false],
  [1000, 1, true],
])('an invocation with an age of %d ms and a utilization of %d counts as waiting: %p', (age, utilization, expected) => {
  expect(isWaiting(age, () => utilization)).toBe(expected);
});

const INSTANCE = "const id = require('node:crypto').randomUUID(); let running = 0; let max = 0;";

/** @returns how many instances answered, and the maximum number of concurrent invocations in an instance */
async function invokeConcurrently(source: string, count: number, scaling?: ScalingMode) {
  const code = `${INSTANCE}
    exports.handler = async () => { running += 1; max = Math.max(max, running); try { ${source} } finally { running -= 1 } return { id, max } }`;
  const pool = pools.create(code, scaling && { scaling });
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

test('each waiting invocation gets a separate instance', async () => {
  const waiting = 'await new Promise((done) => setTimeout(done, 2000))';
  expect(await invokeConcurrently(waiting, 12)).toEqual({ instances: 12, max: 1 });
}, 20_000);

test('in the mode "requests", each computing invocation gets a separate instance', async () => {
  const compute = 'for (const end = Date.now() + 400; Date.now() < end; );';
  expect(await invokeConcurrently(compute, 6, 'requests')).toEqual({ instances: 6, max: 1 });
  expect((await invokeConcurrently(compute, 6)).instances).toBeLessThan(6);
}, 20_000);
