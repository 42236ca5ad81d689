/** Lines of what comes piece by piece. */
import { Lines } from '../../../src/services/lambda/lines';

const LONGEST = 1024 * 1024;

test.each<[string, string[], string[]]>([
  ['a line at a time', ['a\n', 'b\n'], ['a', 'b']],
  ['the ends of Windows', ['a\r\n', 'b\r\nc\r\n'], ['a', 'b', 'c']],
  ['an end in two pieces', ['a\r', '\nb\n'], ['a', 'b']],
  ['empty lines', ['\n', '\r\n', '\n\n'], ['', '', '', '']],
  ['nothing', [''], []],
  ['a line in pieces, and one without an end', ['a', 'b\nc', 'd'], ['ab', 'cd']],
  ['what only looks like an end', ['a\rb\n'], ['a\rb']],
])('%s', (_what, pieces, expected) => {
  const found: string[] = [];
  const lines = new Lines((line) => found.push(line));
  for (const piece of pieces) lines.write(piece);
  lines.end();
  expect(found).toEqual(expected);
});

test.each([LONGEST - 1, LONGEST, LONGEST + 1])('a line of %d characters', (length) => {
  const found: number[] = [];
  const lines = new Lines((line) => found.push(line.length));
  lines.write(`${'x'.repeat(length)}\n`);
  expect(found).toEqual(length > LONGEST ? [LONGEST, length - LONGEST] : [length]);
});
