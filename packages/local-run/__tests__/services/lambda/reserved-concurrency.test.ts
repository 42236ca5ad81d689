/** Tests the reserved concurrency of a function: the maximum number of its concurrent invocations. */
import { failure, createFunctionPools, type FunctionPools } from '../../support/function-pools';

let pools: FunctionPools;
beforeEach(() => {
  pools = createFunctionPools();
});
afterEach(() => pools.stop());

const waiting = 'exports.handler = async (ms) => { await new Promise((done) => setTimeout(done, ms)); return 1 }';

test('refuses invocations above the limit immediately, and accepts invocations when earlier invocations have ended', async () => {
  const pool = pools.create(waiting, { reservedConcurrency: 2 });
  const running = [pool.invoke(300), pool.invoke(300)];
  expect(await failure(pool.invoke(0))).toMatchObject({
    name: 'ThrottledError',
    errorType: 'TooManyRequestsException',
    message: expect.stringMatching(/^Rate Exceeded\./),
  });
  await Promise.all(running);
  expect((await pool.invoke(0)).json).toBe('1');
});

test('a function with a reserved concurrency of 0 refuses every invocation', async () => {
  expect(await failure(pools.create(waiting, { reservedConcurrency: 0 }).invoke(0))).toMatchObject({
    name: 'ThrottledError',
  });
});
