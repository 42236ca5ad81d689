/** What a benchmark is to `npm run bench`: something that runs and gives a piece of Markdown. */

export interface BenchmarkOptions {
  /** A few seconds, to see that it works: the figures are rough. */
  readonly quick: boolean;
  /** Says how far it is. */
  readonly progress: (text: string) => void;
}

export interface Benchmark {
  /** On the command line: `npm run bench -- function`. */
  readonly name: string;
  /** Of its part of docs/benchmarks.md. */
  readonly title: string;
  /** @returns Markdown without a heading */
  run(options: BenchmarkOptions): Promise<string>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A Markdown table; figures, in all columns but the first, stand on the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}
