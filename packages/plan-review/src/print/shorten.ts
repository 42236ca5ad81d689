/** Shortens the unchanged parts of long texts. Every changed part, and every new or removed text, is complete. */
import { quotedText } from '../escape';
import { compareLines } from '../model/lines';

/** Maximum length of a text that is always complete. */
const MAX_TEXT_CHARACTERS = 1_000;
/** Number of characters that are shown before and after a changed part. */
const CONTEXT_CHARACTERS = 40;

/**
 * Formats a text as a JSON string. A long text is shortened around its differences from `other`. `…` replaces the missing
 * characters. It cannot come from the text, because `quotedText` spells it out.
 */
export function shorten(text: string, other?: string): string {
  if (text.length <= MAX_TEXT_CHARACTERS || other === undefined || text === other) return quotedText(text);
  const parts = changedParts(text, other);
  if (parts.every(([start, end]) => start === 0 && end === text.length)) return quotedText(text);
  const shown = parts.map(([start, end]) => {
    const content = quotedText(wholeCharacters(text.slice(start, end))).slice(1, -1);
    return `${start > 0 ? '…' : ''}${content}${end < text.length ? '…' : ''}`;
  });
  return `"${shown.join(' ')}" (${text.length} characters)`;
}

/** The parts of `text` that differ from `other`, with the characters around them. */
function changedParts(text: string, other: string): (readonly [start: number, end: number])[] {
  const [tokens, otherTokens] = [tokensOf(text), tokensOf(other)];
  const parts: [number, number][] = [];
  let [index, start] = [0, 0];
  for (const { sign } of compareLines(tokens, otherTokens)) {
    // An edit `+` adds a token of the other text only.
    const end = sign === '+' ? start : start + (tokens[index++]?.length ?? 0);
    if (sign !== ' ') {
      const last = parts.at(-1);
      if (last && start - CONTEXT_CHARACTERS <= last[1]) last[1] = end + CONTEXT_CHARACTERS;
      else parts.push([start - CONTEXT_CHARACTERS, end + CONTEXT_CHARACTERS]);
    }
    start = end;
  }
  return parts.map(([from, to]) => [Math.max(0, from), Math.min(to, text.length)]);
}

function tokensOf(text: string): string[] {
  return text.match(/\w+|\W/gu) ?? [];
}

/** Removes half of a surrogate pair at the start and the end: UTF-8 cannot encode it. */
function wholeCharacters(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
