/** Tests the patterns of policies. evaluate.test.ts tests them in statements. */
import { arnPattern, wildcard } from '../../../src/services/iam/pattern';

test.each<[pattern: string, text: string, matches: boolean]>([
  ['*', '', true],
  ['', 'a', false],
  ['a*c', 'abbbc', true],
  ['a*c', 'acb', false],
  ['*ab', 'aab', true],
  ['a?c', 'ac', false],
  ['a.c', 'abc', false],
  ['a*b', 'a\nb', true],
])('%j matches %j: %s', (pattern, text, matches) => expect(wildcard(pattern)(text)).toBe(matches));

test('ignores the case only on request', () => {
  expect(wildcard('dynamodb:Get*', true)('DynamoDB:getitem')).toBe(true);
  expect(wildcard('dynamodb:Get*')('DynamoDB:getitem')).toBe(false);
});

test('a pattern with 50 stars takes less than 50 ms for a text of 2,048 characters', () => {
  const stars = '*-'.repeat(50);
  const text = 'x-'.repeat(1_024);
  const start = performance.now();
  expect(wildcard(`${stars}.png`)(text)).toBe(false);
  expect(wildcard(`${stars}.png`, true)(text)).toBe(false);
  expect(arnPattern(`arn:aws:s3:::${stars}.png`)(`arn:aws:s3:::${text}`)).toBe(false);
  expect(performance.now() - start).toBeLessThan(50);
});
