/** What both gateways share. */
import { withTimeout } from '../../../src/services/api-gateway/integration';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test.each([
  ['answers', () => Promise.resolve(1), { status: 'fulfilled', value: 1 }],
  ['fails', () => Promise.reject(new Error('x')), { status: 'rejected', reason: new Error('x') }],
])('what %s in time leaves no timer', async (_what, promise, expected) => {
  const [settled] = await Promise.allSettled([withTimeout(promise(), 30_000)]);
  expect([settled, jest.getTimerCount()]).toEqual([expected, 0]);
});

test('what fails after its time is over fails nobody', async () => {
  let fail: (error: Error) => void = () => undefined;
  const given = withTimeout(new Promise<number>((_resolve, reject) => (fail = reject)), 30_000);
  jest.advanceTimersByTime(30_000);
  expect(await given).toBeUndefined();
  fail(new Error('late'));
});
