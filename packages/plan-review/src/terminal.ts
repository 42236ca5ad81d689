/** A summary for a terminal: without what only a browser shows, and without what is folded there. */

const FOLDED = /<details><summary>(.*?)<\/summary>[^]*?<\/details>/g;
const UNFOLDED = /<details open><summary>(.*?)<\/summary>|<\/details>/g;

/** @param summary as `summarize` writes it */
export function terminalText(summary: string): string {
  return summary
    .replace(/\n*<!--.*-->\n*$/s, '')
    .replace(FOLDED, '$1: see npm run plan-summary')
    .replace(UNFOLDED, '$1')
    .replace(/^```.*\n/gm, '')
    .replace(/^> \[!(\w+)\]$/gm, '> $1')
    .replace(/^(\|[ :-]+)+\|\n/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** What has to be seen before anything is approved: the warnings, and the counts. */
export function essence(summary: string): string {
  const lines = terminalText(summary).split('\n');
  return [
    ...lines.filter((line) => line.startsWith('>')),
    lines.find((line) => line.startsWith('## '))?.slice(3) ?? '',
  ].join('\n');
}
