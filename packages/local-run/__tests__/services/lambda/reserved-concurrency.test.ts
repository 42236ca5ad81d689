/** A function has at most as many concurrent invocations as its reserved concurrency. */
import { failure, functionPool, type FunctionPool } from '../../support/function-pool';

let pools: FunctionPool;
beforeEach(() => {
  pools = functionPool();
});
afterEach(() => pools.stop());

const waiting = 'exports.handler = async (ms) => { await new Promise((done) => setTimeout(done, ms)); return 1 }';

test('refuses invocations above the limit immediately, and accepts an invocation after earlier invocations end', async () => {
  const pool = pools.of(waiting, { reservedConcurrency: 2 });
  const running = [pool.invoke(300), pool.invoke(300)];
  expect(await failure(pool.invoke(0))).toMatchObject({
    name: 'ThrottledError',
    errorType: 'TooManyRequestsException',
    message: expect.stringMatching(/^Rate Exceeded\./),
    reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });
  await Promise.all(running);
  expect((await pool.invoke(0)).json).toBe('1');
});

test('a reserved concurrency of 0 switches the function off', async () => {
  expect(await failure(pools.of(waiting, { reservedConcurrency: 0 }).invoke(0))).toMatchObject({
    name: 'ThrottledError',
  });
});
