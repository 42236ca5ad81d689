/** Checks the text that a caller puts before the plans. It must not look like a part of a plan. */
import { LATIN_LOOK_ALIKES, LOOK_ALIKE_SCRIPTS, quotedText, spellOut } from '../escape';
import { PlanError } from '../plan-error';
import { WARNING_TITLES } from '../print/warning-blocks';

const MAX_BYTES = 20_000;

/** A character reference, code, or a character without a meaning in Markdown. `_` has none inside of a word. */
const PLAIN = /&#\d{1,7};|`[\w .:/={}[\]-]+`|[\p{L}\p{M}\p{N} "'.,:;()/=?!%+-]|(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}])/u;
/** A line, and its text. The first character cannot start a list, a heading or a rule. */
const SENTENCE = new RegExp(`^> (?=[\\p{L}&"'(\`])((?:${PLAIN.source})+)$`, 'u');
const LIST_ITEM = new RegExp(`^> - (?=[\\p{L}\\p{N}&"'(.])((?:${PLAIN.source})+)$`, 'u');
const OTHER_LINE = /^(>|> \[!(NOTE|WARNING|CAUTION)\])?$/;

/** Code that looks like the address of a resource. Warnings start with an address: `aws_s3_bucket.logs`. */
const ADDRESS = /`[^` /]*_[^` /.]*\.[^` /]*`/;

/** The starts of titles and counts in a summary. */
const OWN_TEXTS = [
  ...WARNING_TITLES.map((title) => title.toLowerCase()),
  'terraform plan',
  'no changes',
  'refresh only',
  'digest sha256',
  'this summary omits',
  'the plan follows',
  'the quoted text is',
  '\\d+ to \\p{L}',
  '\\d+ (outputs?|actions?) to',
];
/** Matches these texts, also with look-alikes of their letters. */
const LOOKS_OWN = new RegExp(`^[^\\p{L}\\p{N}]*(\\d+\\. +)?(${OWN_TEXTS.map(withLookAlikes).join('|')})`, 'iu');
/** A text of OWN_TEXTS can continue in the next lines, at most one for each word. */
const MAX_WORDS = 4;

/**
 * Checks the text. Its lines are empty, or `> text`, `> - text`, or `> [!NOTE]` before an alert. A text has no markup except
 * code, and does not start like a title or a count of a summary.
 * @returns the text without empty lines around it and with `\n` as line end
 * @throws PlanError for any other text, and for more than 20,000 bytes
 */
export function checkFirst(text: string): string {
  const normalized = text.replaceAll('\r\n', '\n').replace(/^\n+|\n+$/g, '');
  const fail = (problem: string): never => {
    throw new PlanError(
      `The text before the plans ${problem}. ` +
        'It can contain quoted lines without markup ("> text", "> - text", "> [!NOTE]") and empty lines only.',
    );
  };
  if (normalized.includes('<!--')) fail('contains an HTML comment');
  const size = Buffer.byteLength(normalized);
  if (size > MAX_BYTES) fail(`has ${size} bytes; the maximum is ${MAX_BYTES}`);
  const lines = normalized.split('\n');
  const place = (position: number) => `${position + 1}: ${quotedText((lines[position] ?? '').slice(0, 100))}`;
  const unexpected = lines.findIndex((line) => !isExpected(line));
  if (unexpected >= 0) fail(`has an unexpected line ${place(unexpected)}`);
  const forged = lines.findIndex((_, position) =>
    LOOKS_OWN.test(shownText(lines.slice(position, position + MAX_WORDS))),
  );
  if (forged >= 0) fail(`looks like a part of a plan in line ${place(forged)}`);
  return normalized;
}

function isExpected(line: string): boolean {
  if (OTHER_LINE.test(line)) return true;
  if (ADDRESS.test(line)) return false;
  const [, sentence] = SENTENCE.exec(line) ?? [];
  if (sentence !== undefined) return isVisible(sentence);
  const [, item] = LIST_ITEM.exec(line) ?? [];
  if (item === undefined) return false;
  const shown = decoded(item);
  // After its first words, an item can contain values of the caller, in any script.
  const words = firstWords(shown.normalize('NFC'));
  return !INVISIBLE.test(shown) && !words.some((word) => MIXED.test(word) || MARKED.test(word));
}

/** Lets each letter of a regular expression match its look-alikes too. */
function withLookAlikes(source: string): string {
  return source.replace(/(?<!\\)[a-z]/g, (letter) => `[${letter}${LOOK_ALIKE_SCRIPTS}${LATIN_LOOK_ALIKES}]`);
}

/** Characters that a reader does not see. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
/** A Latin letter or digit with a mark that no alphabet combines with it, such as a line through the letter. */
const MARKED = /[\p{Script=Latin}\p{N}]\p{M}/u;
/** A word with Latin letters, and with letters of a script that can look like Latin letters. */
const MIXED = new RegExp(`(?=.*\\p{Script=Latin}).*[${LOOK_ALIKE_SCRIPTS}]`, 'u');

/** The words that LOOKS_OWN reads. */
function firstWords(shown: string): readonly string[] {
  return shown
    .replace(/^[^\p{L}\p{N}]*(\d+\. +)?/u, '')
    .split(/\s+/)
    .slice(0, MAX_WORDS);
}

function isVisible(text: string): boolean {
  return spellOut(decoded(text)) === decoded(text);
}

/** The text of the first line as Markdown shows it, with the sentences that continue it. */
function shownText(lines: readonly string[]): string {
  const end = lines.findIndex((line, index) => index > 0 && !SENTENCE.test(line));
  const texts = lines.slice(0, end < 0 ? undefined : end).map((line) => line.replace(/^> (- )?/, ''));
  return decoded(texts.join(' '))
    .normalize('NFKC')
    .replace(/[`\s]+/g, ' ');
}

/** Replaces character references with their characters. */
function decoded(text: string): string {
  return text.replace(/&#(\d+);/g, (reference, digits: string) =>
    Number(digits) <= 0x10ffff ? String.fromCodePoint(Number(digits)) : reference,
  );
}
