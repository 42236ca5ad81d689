/** The interface of the benchmarks of `npm run bench`, and helpers for their reports. */

export interface BenchmarkOptions {
  /** Whether to run for a few seconds only. The figures are then rough. */
  readonly quick: boolean;
  /** Receives the name of the current step. */
  readonly progress: (text: string) => void;
}

export interface Benchmark {
  /** Its name on the command line: `npm run bench -- function`. */
  readonly name: string;
  /** Heading of its section in docs/performance.md. */
  readonly title: string;
  /** @returns the section as Markdown, without the heading */
  run(options: BenchmarkOptions): Promise<string>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Formats a Markdown table. All columns except the first are aligned right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}
