import { inlineCode, lineText, markdownText, quotedText, spellOut, terminalCode } from '../src/escape';

test.each([
  ['a no-break space', '\u00a0', '\\u{a0}'],
  ['a thin space', '\u2009', '\\u{2009}'],
  ['an ideographic space', '\u3000', '\\u{3000}'],
  ['the space of Ogham', '\u1680', '\\u{1680}'],
  ['a zero-width space', '\u200b', '\\u{200b}'],
  ['a word joiner', '\u2060', '\\u{2060}'],
  ['a byte order mark', '\ufeff', '\\u{feff}'],
  ['a soft hyphen', '\u00ad', '\\u{ad}'],
  ['a filler of Hangul', '\u3164', '\\u{3164}'],
  ['a blank of Braille', '\u2800', '\\u{2800}'],
  ['a variation selector', '\ufe0f', '\\u{fe0f}'],
  ['a grapheme joiner', '\u034f', '\\u{34f}'],
  ['a tag character', '\u{e0041}', '\\u{e0041}'],
  ['a direction mark', '\u202e', '\\u{202e}'],
  ['an escape character', '\u001b', '\\u{1b}'],
  ['a line separator', '\u2028', '\\u{2028}'],
  ['a line end', '\n', '\\u{a}'],
  ['a lone surrogate', '\ud800', '\\u{d800}'],
  ['a private character', '\ue000', '\\u{e000}'],
  ['a blank note', '\u{1d159}', '\\u{1d159}'],
  ['a filler of Khitan', '\u{16fe4}', '\\u{16fe4}'],
  ['a half-fill space', '\u303f', '\\u{303f}'],
  ['a replaced object', '\ufffc', '\\u{fffc}'],
  ['an overlay', '\u0336', '\\u{336}'],
  ['an enclosing circle', '\u20dd', '\\u{20dd}'],
  ['a no-break hyphen', '\u2011', '\\u{2011}'],
  ['a fraction slash', '\u2044', '\\u{2044}'],
  ['a ratio sign', '\u2236', '\\u{2236}'],
  ['an asterisk operator', '\u2217', '\\u{2217}'],
])('spells out %s', (_, character, expected) => {
  expect(spellOut(`a${character}b`)).toBe(`a${expected}b`);
  for (const format of [lineText, inlineCode, markdownText, terminalCode, quotedText]) {
    expect(format(`a${character}b`)).not.toContain(character);
  }
});

test.each([
  ['a mark after a digit', '1\u0336', '1\\u{336}'],
  ['a letter in two code points', 'e\u0301', 'e\\u{301}'],
  ['a third mark', 'q\u0323\u0307\u0336', 'q\u0323\u0307\\u{336}'],
  ['a Cyrillic letter in a Latin word', 'p\u0430ypal', 'p\\u{430}ypal'],
  ['a Cyrillic letter in an action', 's3:\u0430', 's3:\\u{430}'],
  ['a Cyrillic letter before a hyphen', '\u0430-dmin', '\\u{430}-dmin'],
  ['a Cyrillic name of a host', 'https://\u0430\u0440.com', 'https://\\u{430}\\u{440}.com'],
  ['a Latin letter of phonetics', '\u0261ithub adm\u0131n', '\\u{261}ithub adm\\u{131}n'],
  ['a letter that turns the direction', '\u05d01', '\\u{5d0}1'],
  ['a command of a runner', '##[add-mask]e', '#\\u{23}[add-mask]e'],
  ['a fullwidth sign', 'dynamodb:\uff0a', 'dynamodb:\\u{ff0a}'],
  ['the sign for Kelvin', '1 \u212a', '1 \\u{212a}'],
])('spells out %s, which looks like another text', (_, text, expected) => expect(spellOut(text)).toBe(expected));

test.each([
  'Grüße an Ørsted',
  'București, țară, Łódź',
  'Привет, мир. Как-то',
  'שלום עולם',
  '日本語 T シャツ',
  'Ελλάδα',
  'नमस्ते',
  'naïve · 50 €',
])('shows %s unchanged', (text) => {
  expect(spellOut(text)).toBe(text);
});

test('a written escape differs from the character', () => {
  for (const format of [lineText, inlineCode, terminalCode, quotedText]) {
    expect(format('\\u{a0}')).not.toBe(format('\u00a0'));
  }
});

test('inline code shows each space of a run, and spaces at the ends', () => {
  expect(terminalCode(' a  b ')).toBe('`\\u{20}a \\u{20}b\\u{20}`');
});

test('terminal code contains no backtick and no pipe', () => {
  expect(terminalCode('a`|b')).toBe('`a\\u{60}\\u{7c}b`');
});
