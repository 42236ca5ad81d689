/** Writes values of untrusted code into messages. */

/** Maximum length of a place or a value in a message. */
const MAX_PRINTED = 250;

/** Writes a value as JSON, escaped and shortened. */
export function short(json: unknown): string {
  return printable(JSON.stringify(json));
}

/** Escapes a text for one line of a log. A line end could start a workflow command of GitHub's runner (`::error::`), and so could `##[`. */
export function printable(text: string): string {
  const line = text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16) ?? ''}}`)
    .replaceAll('##[', '#\\u{23}[');
  return line.length > MAX_PRINTED ? `${line.slice(0, MAX_PRINTED)}...` : line;
}
