/** Counts the answers to one kind of request, and formats the counts as a table. */
import { createHistogram } from 'node:perf_hooks';
import type { StepResult } from '../smoke/session';

const TOO_MANY_REQUESTS = 429;

export class Figures {
  /** In microseconds. Throttled requests are not in it: API Gateway answers them without the function. */
  private readonly latency = createHistogram();
  requests = 0;
  throttled = 0;
  errors = 0;
  /** Describes the first error. */
  firstError: string | undefined;

  count({ status, fault }: StepResult, milliseconds: number): void {
    this.requests += 1;
    if (status === TOO_MANY_REQUESTS) {
      this.throttled += 1;
      return;
    }
    if (status !== undefined) this.latency.record(Math.max(1, Math.round(milliseconds * 1000)));
    if (fault === undefined) return;
    this.errors += 1;
    this.firstError ??= fault;
  }

  /** Returns the latency in milliseconds that this share of the answers did not exceed; NaN without answers. */
  percentile(percent: number): number {
    return this.latency.count === 0 ? Number.NaN : this.latency.percentile(percent) / 1000;
  }
}

const HEAD = ['request', 'requests', 'requests/s', 'p50 ms', 'p99 ms', 'errors', 'throttled'];

/** Makes a text table with a row for each kind of request. */
export function formatFigures(figures: ReadonlyMap<string, Figures>, seconds: number): string {
  const milliseconds = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(1));
  const rows = [...figures].map(([name, row]) => [
    name,
    String(row.requests),
    (row.requests / seconds).toFixed(0),
    milliseconds(row.percentile(50)),
    milliseconds(row.percentile(99)),
    String(row.errors),
    String(row.throttled),
  ]);
  const widths = HEAD.map((title, column) =>
    Math.max(title.length, ...rows.map((cells) => (cells[column] ?? '').length)),
  );
  return [HEAD, ...rows]
    .map((cells) =>
      cells
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
