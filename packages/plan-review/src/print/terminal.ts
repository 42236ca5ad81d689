/** Formats a summary for a terminal: removes HTML and the content of folded blocks. */

const FOLDED = /<details><summary>(.*?)<\/summary>[^]*?<\/details>/g;
const UNFOLDED = /<details open><summary>(.*?)<\/summary>|<\/details>/g;

/** @param summary the result of `summarize` */
export function terminalText(summary: string): string {
  return summary
    .replace(/\n*<!--.*-->\n*$/s, '')
    .replace(FOLDED, '$1: shown by plan-summary')
    .replace(UNFOLDED, '$1')
    .replace(/^```.*\n/gm, '')
    .replace(/^> \[!(\w+)\]$/gm, '> $1')
    .replace(/^(\|[ :-]+)+\|\n/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Extracts the warnings and counts, to show directly before an approval. */
export function warningsAndCounts(summary: string): string {
  const lines = terminalText(summary).split('\n');
  return [
    ...lines.filter((line) => line.startsWith('>')),
    lines.find((line) => line.startsWith('## '))?.slice(3) ?? '',
  ].join('\n');
}
