import { checkFirst } from '../src/review/first';

test('takes quoted and empty lines, and removes empty lines around them', () => {
  expect(checkFirst('\n> [!CAUTION]\r\n>\r\n> **Breaks callers**\n\n> more\n\n')).toBe(
    '> [!CAUTION]\n>\n> **Breaks callers**\n\n> more',
  );
  expect(checkFirst('')).toBe('');
});

test.each([
  ['an HTML comment', '> <!-- plan-review 1 -->', 'contains an HTML comment'],
  ['a tag', '> <details>', 'has an unexpected line 1'],
  ['a heading', '> note\n\n### items: No changes', 'has an unexpected line 3: "### items: No changes"'],
  ['a line that continues a quote', '> note\nitems: No changes', 'has an unexpected line 2'],
  ['a control character', '> a\u001b[2Jb', 'has an unexpected line 1: "> a\\u001b[2Jb"'],
  ['a direction mark', '> a\u202eb', 'has an unexpected line 1: "> a\\u{202e}b"'],
  ['a lone carriage return', '> a\r### items', 'has an unexpected line 1'],
  ['too much text', `> ${'x'.repeat(20_000)}`, 'has 20002 bytes; the maximum is 20000'],
])('refuses %s', (_, text, message) => {
  expect(() => checkFirst(text)).toThrow(`The text before the plans ${message}`);
});
