/**
 * Makes every character of a value visible, and escapes text for Markdown and for a terminal. No value can end a code
 * block, mention a person, look like a review record, or move the cursor.
 *
 * The character classes follow the Unicode version of Node.js: use one version of Node.js for a summary and its comparison.
 */

/** Characters without a visible shape, and every space except U+0020. U+2800 and the others are blank letters or symbols. */
const INVISIBLE =
  /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u303f\ufffc\u{16fe4}\u{1d159}\u{13441}\u{13442}]/u;

/** Marks that strike out or enclose the character before them. */
const OVERLAYS = /[\p{Me}\u0334-\u0338\u20d2\u20d3\u20d8-\u20da\u20e5-\u20eb]/u;

/** Hyphens, slashes, colons and an asterisk that look like signs of ASCII. */
const LOOKS_LIKE_SIGN = /[\u2010\u2011\u2212\u2215\u2044\u2236\ua789\u2217]/u;

/** Combining marks without a letter before them, and marks after the second: they cover other characters. */
const STRAY_MARKS = /(?<![\p{L}\p{M}])\p{M}+|(?<=\p{M}{2})\p{M}/u;

const HIDDEN = new RegExp(
  [INVISIBLE, OVERLAYS, LOOKS_LIKE_SIGN, STRAY_MARKS].map(({ source }) => source).join('|'),
  'gu',
);

/** A letter with its combining marks, or another character outside ASCII. */
const CLUSTERS = /\P{M}\p{M}+|[^\0-\x7f]/gu;

const WORDS = /[^\s"']+/gu;
/** A word that can be an identifier: it has a Latin letter, a digit, or a sign of URLs, ARNs, patterns and addresses. */
const IDENTIFIER = /[\p{Script=Latin}0-9:/*_@]|\.(?=\p{L})/u;
/** Scripts with letters that look like Latin letters, as a part of a character class. */
export const LOOK_ALIKE_SCRIPTS = ['Cyrillic', 'Greek', 'Armenian', 'Cherokee', 'Coptic', 'Lisu']
  .map((script) => `\\p{Script=${script}}`)
  .join('');
/** Latin letters outside of European alphabets, such as U+261, which looks like "g", as a part of a character class. */
export const LATIN_LOOK_ALIKES =
  '\\u0131\\u0138\\u017f\\u0180-\\u024f\\u0250-\\u02af\\u1d00-\\u1dbf\\u2c60-\\u2c7f\\ua720-\\ua7ff\\uab30-\\uab6f';
/** Letters that look like other letters, or that turn the direction of the text. */
const CONFUSING = new RegExp(`[${LOOK_ALIKE_SCRIPTS}${LATIN_LOOK_ALIKES}\\p{Script=Hebrew}\\p{Script=Arabic}]`, 'gu');

/** Text that Markdown shows unchanged in backticks, in a table too: no backtick, pipe, backslash or angle bracket. */
const SAFE_IN_BACKTICKS = /^[\w .:/=,*{}()[\]"'+@#$%!?;~^&-]+$/;

/** Characters that can have a meaning in Markdown inside of a line. `_` has none inside of a word. */
const UNSAFE_IN_MARKDOWN = /[^A-Za-z0-9 .,:;()"'/!?%=+…·_-]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/gu;

/**
 * Spells out characters that a reader cannot see or cannot tell from another character, as `\u{a0}`. Spells out letters
 * of another script inside identifiers, and characters with an equivalent in ASCII, such as the fullwidth `*`.
 */
export function spellOut(text: string): string {
  // GitHub's runner takes `##[name]` in a log for a command.
  const inert = text.replaceAll('##[', '#\\u{23}[');
  if (/^[ -~]*$/.test(inert)) return inert;
  return inert
    .replace(WORDS, (word) => (IDENTIFIER.test(word) ? word.replace(CONFUSING, spellOutLetter) : word))
    .replace(HIDDEN, codePoints)
    .replace(CLUSTERS, (cluster) => (isDistinct(cluster) ? cluster : cluster.replace(/[^\0-\x7f]/gu, codePoints)));
}

/** Spells out a name or address. A backslash is doubled, so that a written `\u{a0}` differs from the character. */
export function lineText(text: string): string {
  return spellOut(text.replaceAll('\\', '\\\\'));
}

/** Formats a text as a JSON string, for a line of a code block. */
export function quotedText(text: string): string {
  return spellOut(JSON.stringify(text));
}

/** Escapes a line of a code block in Markdown: it cannot contain the start of an HTML comment. */
export function codeBlockLine(line: string): string {
  return line.replaceAll('<!--', '\\u{3c}!--');
}

/** Formats inline code of Markdown, for text and table cells. */
export function inlineCode(text: string): string {
  const visible = oneLineCode(text);
  if (SAFE_IN_BACKTICKS.test(visible)) return `\`${visible}\``;
  const entities = visible.replace(/[^A-Za-z0-9 ]/gu, entity);
  return `<code>${entities}</code>`;
}

/** Formats inline code for a terminal. It spells out backticks, and the pipe that separates cells. */
export function terminalCode(text: string): string {
  return `\`${oneLineCode(text).replace(/[`|]/g, codePoints)}\``;
}

/** Escapes text of Markdown outside of code. */
export function markdownText(text: string): string {
  return lineText(text).replace(UNSAFE_IN_MARKDOWN, entity);
}

/** Spells out spaces that HTML does not show: at both ends, and after another space. */
function oneLineCode(text: string): string {
  return lineText(text).replace(/(?<= ) |^ | $/g, codePoints);
}

/** Keeps a Latin letter with an accent, such as the Romanian U+219. */
function spellOutLetter(letter: string): string {
  return /^[A-Za-z]/.test(letter.normalize('NFD')) ? letter : codePoints(letter);
}

/** Whether no equivalent character or sequence in Unicode looks the same. */
function isDistinct(cluster: string): boolean {
  return cluster.normalize('NFC') === cluster && !/^[\0-\x7f]+$/.test(cluster.normalize('NFKC'));
}

function codePoints(text: string): string {
  return Array.from(text, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join('');
}

function entity(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}
