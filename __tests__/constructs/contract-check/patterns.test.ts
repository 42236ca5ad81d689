/** Faults of patterns. */
import { complexityOf } from '../../../constructs/contract-check/pattern-complexity';
import { isPlainlyLinear } from '../../../constructs/contract-check/plain-pattern';
import { todos } from '../../support/contract/contracts';
import { faultsOf } from './faults';

const at = (pattern: unknown, maxLength?: number) =>
  faultsOf(todos, { 'item/properties/x': { type: 'string', pattern, ...(maxLength !== undefined && { maxLength }) } });

test('a pattern requires maxLength', () => {
  expect(at('^[a-z]+$')).toEqual(['item.properties.x.pattern requires maxLength, which limits the time of a match']);
});

test('a pattern is a string that compiles with the flag u', () => {
  expect(at('(', 9)).toEqual([
    expect.stringMatching(
      /^item.properties.x.pattern is not a regular expression with the flag u: .*Unterminated group/,
    ),
  ]);
  expect(at('^[\\w-.]+$', 9)).toEqual([expect.stringMatching(/is not a regular expression with the flag u: /)]);
  expect(at(/a/, 9)).toEqual([
    'item.properties.x.pattern must be a regular expression as a string, but was an object of the class RegExp',
  ]);
});

test('a pattern that takes exponential time is refused', () => {
  expect(at('^(a+)+$', 20)).toEqual([
    expect.stringMatching(
      /^item.properties.x.pattern backtracks: its time grows exponentially, for example with '.*'. Let no two repetitions match the same text$/,
    ),
  ]);
});

test('a pattern that takes polynomial time is refused when maxLength allows long texts', () => {
  expect(at('^\\s*(.*?)\\s*$', 200)).toEqual([
    expect.stringMatching(/backtracks: its time grows with power 3 of the length, .* or set maxLength to 46 at most$/),
  ]);
  expect(at('^\\s*(.*?)\\s*$', 46)).toEqual([]);
});

describe('a plain pattern is accepted without the analysis', () => {
  test.each([
    '^[A-Z0-9-]+$',
    '^https?://',
    '^\\d{3}-\\d{4}$',
    "^[\\p{L} .'-]{1,80}$",
    '^a\\.b\\{c\\}[^\\]x]*$',
    '^\\u{1F600}+?$',
    '^$',
    '^a{2,}b{3}c$',
  ])('%s', (pattern) => {
    expect(isPlainlyLinear(pattern)).toBe(true);
  });

  test.each([
    '[a-z]+$',
    '^a*a*$',
    '^(a)+$',
    '^a|b+$',
    '^(a)\\1$',
    '^(?=a)a$',
    '^(?<n>a)\\k<n>$',
    '^a+b?$',
    'a',
    '^\\s*\\s*$',
  ])('%s is analysed', (pattern) => {
    expect(isPlainlyLinear(pattern)).toBe(false);
  });
});

test.each([
  ['^[a-z0-9]+(-[a-z0-9]+)*$', 1],
  ['^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,}$', 1],
  ['.+@.+', 2],
  ['(a|aa)+$', Infinity],
])('the time of %s grows with power %d', (pattern, degree) => {
  expect(complexityOf(pattern).degree).toBe(degree);
});
