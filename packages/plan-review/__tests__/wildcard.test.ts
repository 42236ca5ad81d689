/** Tests the wildcards of policies. */
import { coversPattern, matchesWildcard } from '../src/wildcard';
import { timed } from './support/cpu-time';

test.each<[pattern: string, text: string, matches: boolean]>([
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['**', 'abc', true],
  ['?', '', false],
  ['?', 'a', true],
  ['a*c', 'abbbc', true],
  ['a*c', 'ac', true],
  ['a*c', 'acb', false],
  ['*ab', 'aab', true],
  ['*ab*ab', 'abxabab', true],
  ['a?c*', 'abc', true],
  ['a?c', 'ac', false],
  ['s3:Get*', 's3:GetObject', true],
  ['s3:Get*', 's3:PutObject', false],
  ['a.c', 'abc', false],
  ['[a]', 'a', false],
  ['a*b', 'a\nb', true],
])('%j matches %j: %s', (pattern, text, matches) => expect(matchesWildcard(pattern, text)).toBe(matches));

test.each<[wide: string, narrow: string, covers: boolean]>([
  ['s3:*', 's3:Get*', true],
  ['s3:Get*', 's3:*', false],
  ['a?', 'a?', true],
  ['a?', 'a*', false],
  ['a*', 'a?', true],
  ['*', '**', true],
  ['a*c', 'a*b*c', true],
])('%j covers %j: %s', (wide, narrow, covers) => expect(coversPattern(wide, narrow)).toBe(covers));

test('a pattern with 50 stars takes less than 50 ms for a text of 2,048 characters', () => {
  const texts = ['x'.repeat(2_048), 'x-'.repeat(1_024), '-'.repeat(2_048)];
  const [matches, milliseconds] = timed(() => texts.map((text) => matchesWildcard(`${'*-'.repeat(50)}.png`, text)), 50);
  expect(matches).toEqual([false, false, false]);
  expect(milliseconds).toBeLessThan(50);
});
