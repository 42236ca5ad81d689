import { Throttle } from '../../../src/services/api-gateway/throttle';

test('allows the burst, then the rate, and never more requests together than the burst', () => {
  let now = 0;
  const throttle = new Throttle(10, 3, () => now);
  const taken = () => Array.from({ length: 5 }, () => throttle.take()).filter(Boolean).length;
  expect(taken()).toBe(3);
  now += 100;
  expect(taken()).toBe(1);
  now += 250;
  expect(taken()).toBe(2);
  now += 60_000;
  expect(taken()).toBe(3);
});

test('refuses every request when rate and burst are 0; AWS reads missing values as 0', () => {
  expect(new Throttle(0, 0).take()).toBe(false);
});
