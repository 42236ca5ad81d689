/** How many invocations run at a time. */
import { cores } from '../../../src/services/lambda/cores';
import { AT_ONCE, type Growth, room, waits } from '../../../src/services/lambda/growth';
import { functionPool, type FunctionPool } from '../../support/function-pool';

let pools: FunctionPool;
beforeEach(() => {
  pools = functionPool();
});
afterEach(() => pools.stop());

test('there is room for one more than cores, beside those that wait, and for as many again as wait', () => {
  expect(AT_ONCE).toBe(cores() + 1);
  expect(room(0, 0)).toBe(AT_ONCE);
  expect(room(AT_ONCE, 0)).toBe(0);
  expect(room(AT_ONCE, 1)).toBe(1);
  expect(room(10 * AT_ONCE, 10 * AT_ONCE)).toBe(10 * AT_ONCE);
});

test.each([
  [49, 0, false],
  [50, 0, true],
  [50, 0.9, false],
  [1000, 1, true],
])('an invocation of %d ms that computed for %d of it: waits %p', (age, utilization, expected) => {
  expect(waits(age, () => utilization)).toBe(expected);
});

const INSTANCE = "const id = require('node:crypto').randomUUID(); let running = 0; let most = 0;";

/** How many instances answered, and the most that ran at once in any of them. */
async function together(source: string, count: number, growth?: Growth): Promise<{ instances: number; most: number }> {
  const code = `${INSTANCE}
    exports.handler = async () => { running += 1; most = Math.max(most, running); try { ${source} } finally { running -= 1 } return { id, most } }`;
  const pool = pools.of(code, growth && { growth });
  const results = await Promise.all(Array.from({ length: count }, () => pool.invoke({})));
  const answers = results.map(({ json }) => JSON.parse(json) as { id: string; most: number });
  return { instances: new Set(answers.map(({ id }) => id)).size, most: Math.max(...answers.map(({ most }) => most)) };
}

test('quick invocations share one more instance than there are cores, one at a time each', async () => {
  const { instances, most } = await together('', 100);
  expect(most).toBe(1);
  // A machine that is busy can let one of them look as if it waited.
  expect(instances).toBeLessThanOrEqual(2 * AT_ONCE);
});

test('invocations that wait get an instance each', async () => {
  expect(await together('await new Promise((done) => setTimeout(done, 2000))', 12)).toEqual({ instances: 12, most: 1 });
}, 20_000);

test('with requests, as in Lambda, invocations that compute get an instance each, too', async () => {
  const compute = 'for (const end = Date.now() + 400; Date.now() < end; );';
  expect(await together(compute, 6, 'requests')).toEqual({ instances: 6, most: 1 });
  expect((await together(compute, 6)).instances).toBeLessThan(6);
}, 20_000);
