/** Tests LineSplitter. */
import { LineSplitter } from '../../../src/services/lambda/line-splitter';

const MAX_LINE_CHARACTERS = 1024 * 1024;

test.each<[string, string[], string[]]>([
  ['a line at a time', ['a\n', 'b\n'], ['a', 'b']],
  ['Windows line breaks', ['a\r\n', 'b\r\nc\r\n'], ['a', 'b', 'c']],
  ['a line break in two pieces', ['a\r', '\nb\n'], ['a', 'b']],
  ['empty lines', ['\n', '\r\n', '\n\n'], ['', '', '', '']],
  ['no text', [''], []],
  ['a line in pieces, and a line without a line break', ['a', 'b\nc', 'd'], ['ab', 'cd']],
  ['a carriage return without a line feed, which ends no line', ['a\rb\n'], ['a\rb']],
])('splits %s', (_what, pieces, expected) => {
  const found: string[] = [];
  const lines = new LineSplitter((line) => found.push(line));
  for (const piece of pieces) lines.write(piece);
  lines.end();
  expect(found).toEqual(expected);
});

test.each([MAX_LINE_CHARACTERS - 1, MAX_LINE_CHARACTERS, MAX_LINE_CHARACTERS + 1])(
  'splits a line of %d characters after 1,048,576 characters',
  (length) => {
    const found: number[] = [];
    const lines = new LineSplitter((line) => found.push(line.length));
    lines.write(`${'x'.repeat(length)}\n`);
    expect(found).toEqual(
      length > MAX_LINE_CHARACTERS ? [MAX_LINE_CHARACTERS, length - MAX_LINE_CHARACTERS] : [length],
    );
  },
);

test('passes the request id of the invocation that wrote the end of a line', () => {
  const found: [string, string | undefined][] = [];
  const lines = new LineSplitter((line, requestId) => found.push([line, requestId]));
  lines.write('a\nb', 'first');
  lines.write('c\nd', 'second');
  lines.end();
  expect(found).toEqual([
    ['a', 'first'],
    ['bc', 'second'],
    ['d', 'second'],
  ]);
});
