/** Bodies that are made to cost time and memory. */
import type { Schema } from '../../../function/contract/schema';
import { Problem } from '../../../function/http/problem';
import { checkValue } from '../../../function/validation/check-value';
import { Faults } from '../../../function/validation/faults';
import { fastestRun } from '../../support/cpu-time';

const schema: Schema = {
  type: 'object',
  properties: {
    numbers: { type: 'array', items: { type: 'number' } },
    points: {
      type: 'array',
      items: { type: 'object', properties: { x: { type: 'number' } } },
      uniqueItems: true,
      maxItems: 20_000,
    },
  },
};

function check(value: unknown): Faults {
  const faults = new Faults();
  checkValue(value, schema, faults);
  return faults;
}

test('a million faults are counted, and 20 are listed', async () => {
  const value = { numbers: Array.from({ length: 1_000_000 }, () => 'x') };
  const { result: faults, ms } = await fastestRun(1000, () => check(value));
  expect(faults.count).toBe(1_000_000);
  expect(faults.listed).toHaveLength(20);
  expect(faults.listed[19]?.path).toBe('numbers[19]');
  expect(ms).toBeLessThan(1000);
  const { detail } = Problem.badInput(faults.listed, faults.count);
  expect(detail).toBe('The request has 1000000 faults; the first 20 are listed.');
});

test('a million unknown fields are counted', async () => {
  const value = Object.fromEntries(Array.from({ length: 1_000_000 }, (_, index) => [`field${index}`, 1]));
  const { result: faults, ms } = await fastestRun(2000, () => check(value));
  expect(faults.count).toBe(1_000_000);
  expect(ms).toBeLessThan(2000);
});

test('a long unknown name is cut', () => {
  const faults = check({ ['x'.repeat(1_000_000)]: 1 });
  expect(faults.listed[0]?.path).toBe('x'.repeat(80));
});

test('20,000 unique items are compared within 500 ms', async () => {
  const value = { points: Array.from({ length: 20_000 }, (_, x) => ({ x })) };
  const { result: faults, ms } = await fastestRun(500, () => check(value));
  expect(faults.count).toBe(0);
  expect(ms).toBeLessThan(500);
});

test('the items of an array that is too long are not checked', () => {
  const faults = check({ points: Array.from({ length: 20_001 }, () => 'x') });
  expect(faults.listed.map(({ message }) => message)).toEqual([
    'must be an array of at most 20000 items, but has 20001 items',
  ]);
});
