/**
 * Escapes values and names for Markdown and for lines of a code block. No value can end a block, mention a person, or look
 * like a review record.
 */
import { ExactNumber, isList, isObject, parseJsonText, type Value } from './model/value';

/** A value with more characters is shortened. */
const MAX_SHOWN_CHARACTERS = 160;

/** Text that Markdown shows unchanged in backticks, in a table too: no backtick, pipe, backslash or angle bracket. */
const SAFE_IN_BACKTICKS = /^(?! )[\w .:/=,*{}()[\]"'+@#$%!?;~^&-]*(?<! )$/;

/** Inline code, for text and table cells. */
export function inlineCode(text: string): string {
  const visible = shorten(showInvisible(text));
  if (visible !== '' && SAFE_IN_BACKTICKS.test(visible)) return `\`${visible}\``;
  const entities = visible.replace(/[^A-Za-z0-9 ]/gu, (character) => `&#${character.codePointAt(0)};`);
  return `<code>${entities}</code>`;
}

/** A path or address, for a line of a code block. */
export function lineText(text: string): string {
  return shorten(showInvisible(text));
}

/** A value as JSON, for a line of a code block. A long value is cut around its first difference from `other`. */
export function valueText(value: Value, other?: Value): string {
  return shorten(toJson(value), other === undefined ? undefined : toJson(other));
}

/** Whether `valueText` shortens the value. */
export function isTooLong(value: Value): boolean {
  return toJson(value).length > MAX_SHOWN_CHARACTERS;
}

/**
 * Formats a value as JSON. A mark is shown in Terraform's words: `(known after apply)`. A text that contains JSON is shown
 * as `JSON {...}`.
 */
function toJson(value: Value): string {
  const parsed = parseJsonText(value);
  if (parsed !== undefined) return `JSON ${toJson(parsed)}`;
  if (typeof value === 'symbol') return value.description ?? '';
  if (value instanceof ExactNumber) return value.digits;
  if (isList(value)) return `[${value.map(toJson).join(', ')}]`;
  if (!isObject(value)) return showInvisible(JSON.stringify(value));
  const members = Object.entries(value).map(([key, part]) => `${showInvisible(JSON.stringify(key))}: ${toJson(part)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** Spells out control characters, line ends, lone surrogates, direction marks and the start of an HTML comment. */
function showInvisible(text: string): string {
  return text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
    .replaceAll('<!--', '\\u{3c}!--');
}

function shorten(text: string, other?: string): string {
  if (text.length <= MAX_SHOWN_CHARACTERS) return text;
  let start = 0;
  if (other !== undefined) {
    while (start < text.length && text[start] === other[start]) start += 1;
    start = Math.max(0, Math.min(start - MAX_SHOWN_CHARACTERS / 4, text.length - MAX_SHOWN_CHARACTERS));
  }
  const end = start + MAX_SHOWN_CHARACTERS;
  // A cut can split a surrogate pair, and UTF-8 cannot encode half a pair.
  const part = text.slice(start, end).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
  return `${start > 0 ? '…' : ''}${part}${end < text.length ? '…' : ''} (${text.length} characters)`;
}
