/**
 * Values and names as Markdown, or lines of a code block, that nothing within them can break out of: no value ends the
 * block, mentions anybody, or looks like a review record.
 */
import { isList, isObject, structure, type Value } from './value';

/** The most characters of a value in a line. */
const MOST = 160;

/** Text that looks like itself in backticks, in a table too: no backtick, pipe, backslash or angle bracket. */
const PLAIN = /^(?! )[\w .:/=,*{}()[\]"'+@#$%!?;~^&-]*(?<! )$/;

/** Inline code; in a table cell too. Long text is shortened. */
export function code(text: string): string {
  const visible = shortened(printable(text), undefined);
  if (visible !== '' && PLAIN.test(visible)) return `\`${visible}\``;
  const entities = visible.replace(/[^A-Za-z0-9 ]/gu, (character) => `&#${character.codePointAt(0)};`);
  return `<code>${entities}</code>`;
}

/** A value in one line of a code block, as JSON, shortened around where it differs from another. */
export function valueText(value: Value, other?: Value): string {
  return shortened(jsonText(value), other === undefined ? undefined : jsonText(other));
}

/** Whether a value does not fit a line. */
export function isTooLong(value: Value): boolean {
  return jsonText(value).length > MOST;
}

/** A path or an address in one line of a code block. */
export function lineText(text: string): string {
  return shortened(printable(text), undefined);
}

/** JSON, with marks as Terraform words them, and the JSON within a text as such. */
function jsonText(value: Value): string {
  const held = structure(value);
  if (held !== undefined) return `JSON ${jsonText(held)}`;
  if (typeof value === 'symbol') return value.description ?? '';
  if (isList(value)) return `[${value.map(jsonText).join(', ')}]`;
  if (!isObject(value)) return printable(JSON.stringify(value));
  const members = Object.entries(value).map(([key, part]) => `${printable(JSON.stringify(key))}: ${jsonText(part)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/**
 * Controls, line ends, lone surrogates and what changes the direction of text are spelled out, as a reviewer must see what
 * is there; so is the beginning of an HTML comment.
 */
function printable(text: string): string {
  return text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
    .replaceAll('<!--', '\\u{3c}!--');
}

function shortened(text: string, other: string | undefined): string {
  if (text.length <= MOST) return text;
  let from = 0;
  if (other !== undefined) {
    while (from < text.length && text[from] === other[from]) from += 1;
    from = Math.max(0, Math.min(from - MOST / 4, text.length - MOST));
  }
  const end = from + MOST;
  // A cut through a pair of surrogates leaves halves that UTF-8 cannot hold.
  const part = text.slice(from, end).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
  return `${from > 0 ? '…' : ''}${part}${end < text.length ? '…' : ''} (${text.length} characters)`;
}
