/** Quotas of API keys. */
import { UsagePlans } from '../../../src/services/api-gateway/rest-api/usage-plans';

test('the offset of a quota makes the first period shorter', () => {
  const keys = [{ id: 'a', value: 'key' }];
  const quota = { limit: 3, offset: 1, period: 'DAY' as const };
  const plans = new UsagePlans([{ name: 'plan', throttle: { rate: 10, burst: 10 }, quota, keys }]);
  const taken = [1, 2, 3].map(() => plans.find('key')?.quota.take());
  expect(taken).toEqual([true, true, false]);
});
