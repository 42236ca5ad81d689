/** Random bytes for dynalite, many at a time. */
import crypto from 'node:crypto';
import { poolRandomBytes } from '../../../src/services/dynamodb/random';

test('each has its own, of the length that was asked for', () => {
  const asked: number[] = [];
  const module = {
    randomBytes: ((size: number) => {
      asked.push(size);
      return crypto.randomBytes(size);
    }) as typeof crypto.randomBytes,
  };
  poolRandomBytes(module);
  const all = Array.from({ length: 1000 }, () => module.randomBytes(39).toString('hex'));
  expect(new Set(all).size).toBe(1000);
  expect(all.every((text) => text.length === 78)).toBe(true);
  expect(module.randomBytes(10_000)).toHaveLength(10_000);
  expect(asked.length).toBeLessThan(15);
});
