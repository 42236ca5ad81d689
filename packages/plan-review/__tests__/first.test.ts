import { checkFirst } from '../src/review/first';
import { WARNING_TITLES } from '../src/print/warning-blocks';
import { timed } from './support/cpu-time';

test('takes notes, alerts and lists, and removes empty lines around them', () => {
  const alert =
    '> [!CAUTION]\n> This change breaks callers\n>\n> - items: `POST /items`, `answers.create`: &#60;x&#62;\n> - ... and 5 more';
  expect(checkFirst(`\n${alert}\n\n> A note with foo_bar,\n> in 2 lines\n\n`)).toBe(
    `${alert}\n\n> A note with foo_bar,\n> in 2 lines`,
  );
  expect(checkFirst('> a\r\n>\r\n> b')).toBe('> a\n>\n> b');
  expect(checkFirst('')).toBe('');
  for (const item of ['заметка: `items`', 'items: GET /путь is removed', 'สินค้า: `items`', 'वस्तु: `items`', 'Größe: 3'])
    expect(checkFirst(`> - ${item}`)).toBe(`> - ${item}`);
});

test.each([
  ['an HTML comment', '> <!-- plan-review 1 -->', 'contains an HTML comment'],
  ['a tag', '> <details>', 'has an unexpected line 1'],
  ['a heading', '> note\n\n### items: No changes', 'has an unexpected line 3: "### items: No changes"'],
  ['a quoted heading', '> ## items: No changes', 'has an unexpected line 1'],
  ['an underlined heading', '> items\n> ===', 'has an unexpected line 2'],
  ['a line that continues a quote', '> note\nitems: No changes', 'has an unexpected line 2'],
  ['a bold text', '> **Note**', 'has an unexpected line 1'],
  ['a bold text of underscores', '> - __is deleted__', 'has an unexpected line 1'],
  ['a link', '> [items](https://example.com)', 'has an unexpected line 1'],
  ['a mention', '> - @somebody', 'has an unexpected line 1'],
  ['a table', '> | create | items |', 'has an unexpected line 1'],
  ['a code block', '> ```diff', 'has an unexpected line 1'],
  ['the address of a resource', '> - items: `aws_dynamodb_table.items` is deleted', 'has an unexpected line 1'],
  ['an alert of another kind', '> [!TIP]', 'has an unexpected line 1'],
  ['a control character', '> a\u001b[2Jb', 'has an unexpected line 1: "> a\\u001b[2Jb"'],
  ['a direction mark', '> a\u202eb', 'has an unexpected line 1: "> a\\u{202e}b"'],
  ['an escaped direction mark', '> - a&#8238;b', 'has an unexpected line 1'],
  ['a look-alike letter', '> L\u043eses data', 'has an unexpected line 1'],
  ['a look-alike letter in an item', '> - Lo\u0455es data', 'has an unexpected line 1'],
  ['a look-alike letter in a count', '> - 3 t\u043e add', 'has an unexpected line 1'],
  ['a look-alike letter in a number of an item', '> - 1. No chang\u0435s', 'has an unexpected line 1'],
  ['an escaped look-alike letter', '> - No chang&#1077;s', 'has an unexpected line 1'],
  ['a lone carriage return', '> a\r### items', 'has an unexpected line 1'],
  ['too much text', `> ${'x'.repeat(20_000)}`, 'has 20002 bytes; the maximum is 20000'],
])('refuses %s', (_, text, message) => {
  expect(() => checkFirst(text)).toThrow(`The text before the plans ${message}`);
});

test.each([
  ...WARNING_TITLES,
  'loses   DATA in 3 tables',
  '&#76;oses data',
  '`Loses` data',
  '(Widens access)',
  'Terraform plan: nothing',
  'No changes.',
  'Refresh only: 1 to store in the state',
  'Digest `sha256:0`',
  'The plan follows.',
  'The quoted text is not a part of the plan',
])('refuses a text that starts like a title or a count of a summary: %s', (text) => {
  expect(() => checkFirst(`> [!WARNING]\n> ${text}`)).toThrow('looks like a part of a plan in line 2');
  expect(() => checkFirst(`> - ${text}`)).toThrow(/looks like a part of a plan in line 1|unexpected line 1/);
  expect(() => checkFirst(`> note\n>\n> ${text.replaceAll(' ', '\n> ')}`)).toThrow(/looks like a part|unexpected line/);
});

test.each([
  ['an invisible character', 'No\ufe0f changes'],
  ['an escaped invisible character', 'No&#65039; changes'],
  ['a blank letter', '\u3164No changes'],
  ['an invisible character in a count', '3 to\ufe0f add'],
  ['a line through a letter', 'No\u0336 changes'],
  ['a Latin look-alike', 'No ch\u0251nges'],
  ['a Latin look-alike in a count', '3 t\u1d0f add'],
  ['a word in Cyrillic', 'Widens \u0430\u0441\u0441\u0435\u0455\u0455'],
  ['a word in Greek', '\u039d\u03bf changes'],
  ['a word in Cyrillic after Latin words', 'Protects data \u04cf\u0435\u0455\u0455'],
])('refuses a title or count with %s', (_, text) => {
  expect(() => checkFirst(`> - ${text}`)).toThrow(/looks like a part of a plan in line 1|unexpected line 1/);
  expect(() => checkFirst(`> ${text}`)).toThrow(/looks like a part of a plan in line 1|unexpected line 1/);
});

test.each(['3 to replace', '1 output to change', '2 actions to invoke', '1. Loses data'])(
  'refuses a count or number in a list: %s',
  (text) => {
    expect(() => checkFirst(`> - ${text}`)).toThrow('looks like a part of a plan in line 1');
    expect(() => checkFirst(`> ${text}`)).toThrow('has an unexpected line 1');
  },
);

test('checks a text of the maximum size in less than a second', () => {
  const [, milliseconds] = timed(() => {
    expect(() => checkFirst(`> ${'&#1'.repeat(6_000)}`)).toThrow('unexpected line');
    expect(checkFirst('>\n'.repeat(9_000))).toBe(`${'>\n'.repeat(8_999)}>`);
  }, 1_000);
  expect(milliseconds).toBeLessThan(1_000);
});
