import fc from 'fast-check';
import { compareLines } from '../src/model/lines';
import { timed } from './support/cpu-time';

/** The edits as text: `-a` and `+b`, and ` c` for an unchanged line. */
function edits(before: readonly string[], after: readonly string[]): string[] {
  return compareLines(before, after).map(
    ({ sign, index }) => `${sign}${(sign === '-' ? before : after)[index] ?? '(none)'}`,
  );
}

test('shows a line that moves as removed and added', () => {
  expect(edits(['a', 'b', 'c'], ['b', 'a', 'c'])).toEqual(['-a', ' b', '+a', ' c']);
});

test('shows removed lines before the added lines of the same place', () => {
  expect(edits(['same', 'x', 'y', 'end'], ['same', '1', '2', '3', 'end'])).toEqual([
    ' same',
    '-x',
    '-y',
    '+1',
    '+2',
    '+3',
    ' end',
  ]);
});

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

test('the edits rebuild both texts, in order', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const found = edits(before, after);
      const side = (sign: string) => found.filter((edit) => !edit.startsWith(sign)).map((edit) => edit.slice(1));
      expect(side('+')).toEqual(before);
      expect(side('-')).toEqual(after);
    }),
  );
});

test('finds a shortest list of edits', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const kept = edits(before, after).filter((edit) => edit.startsWith(' ')).length;
      expect(kept).toBe(longestCommonSubsequence(before, after));
    }),
  );
});

function longestCommonSubsequence(a: readonly string[], b: readonly string[]): number {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  a.forEach((line, i) =>
    b.forEach((other, j) => {
      const row = lengths[i + 1];
      if (row) row[j + 1] = line === other ? at(i, j) + 1 : Math.max(at(i, j + 1), at(i + 1, j));
    }),
  );
  return at(a.length, b.length);
}

test('replaces texts that share nothing as a whole, within a second', () => {
  const [before, after] = ['a', 'b'].map((side) => Array.from({ length: 20_000 }, (_, index) => `${side}${index}`));
  const [lines, milliseconds] = timed(() => compareLines(before ?? [], after ?? []), 1_000);
  expect(lines).toHaveLength(40_000);
  expect(milliseconds).toBeLessThan(1_000);
});
