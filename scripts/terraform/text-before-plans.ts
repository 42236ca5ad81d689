/** Joins the texts that come before the plans in a summary, so that `plan-summary` accepts them. */

/** plan-summary's maximum for --first. */
const MAX_BYTES = 20_000;

/** A line of a list in an alert (scripts/markdown.ts). */
const LISTED = '> - ';
const MORE = '> - and more, which npm run plan lists.';

/**
 * Joins the texts. If they are too long together, the longest of the lists loses its last line, until all fit.
 * @param lists alerts of this command, in their order; '' for none
 * @param first the text of the synthesized app, which stays as it is
 */
export function textBeforePlans(lists: readonly string[], first: string): string {
  const shortened = lists.map(linesOf);
  const join = () => [...shortened.map((lines) => lines.join('\n')), first].filter((text) => text !== '').join('\n');
  while (Buffer.byteLength(join()) > MAX_BYTES) {
    const bytes = (lines: readonly string[]) => (lines.some(isRemovable) ? Buffer.byteLength(lines.join('\n')) : 0);
    const longest = shortened.reduce((a, b) => (bytes(b) > bytes(a) ? b : a), []);
    const last = longest.findLastIndex(isRemovable);
    if (last < 0) break;
    longest.splice(last, 1, ...(longest.includes(MORE) ? [] : [MORE]));
  }
  return join();
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}

function isRemovable(line: string): boolean {
  return line.startsWith(LISTED) && line !== MORE;
}
