/** Makes Markdown that GitHub shows as an alert. */

/** Escapes a text: it cannot end the line, become markup, mention people or open a comment. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\s\p{C}\p{Z}]+/gu, ' ')
    .replace(/[^\p{L}\p{N} "'.,:;/=-]/gu, (character) => `&#${character.codePointAt(0)};`);
}

/** Makes an alert with a title and a list. The texts are escaped. Ends with a line end. */
export function alert(kind: 'CAUTION' | 'WARNING' | 'NOTE', title: string, texts: readonly string[]): string {
  const lines = texts.map((text) => `> - ${escapeMarkdown(text)}`);
  return [`> [!${kind}]`, `> ${escapeMarkdown(title)}`, ...(lines.length > 0 ? ['>', ...lines] : []), ''].join('\n');
}
