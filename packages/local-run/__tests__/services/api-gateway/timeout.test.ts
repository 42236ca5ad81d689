import { withTimeout } from '../../../src/services/api-gateway/timeout';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test.each([
  ['resolves', () => Promise.resolve(1), { status: 'fulfilled', value: 1 }],
  ['rejects', () => Promise.reject(new Error('x')), { status: 'rejected', reason: new Error('x') }],
])('a promise that %s in time leaves no timer', async (_what, promise, expected) => {
  const [settled] = await Promise.allSettled([withTimeout(promise(), 30_000)]);
  expect([settled, jest.getTimerCount()]).toEqual([expected, 0]);
});

test('a promise that rejects after the timeout causes no error', async () => {
  let fail: (error: Error) => void = () => undefined;
  const limited = withTimeout(new Promise<number>((_resolve, reject) => (fail = reject)), 30_000);
  jest.advanceTimersByTime(30_000);
  expect(await limited).toBeUndefined();
  fail(new Error('late'));
});
