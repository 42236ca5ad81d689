/** Formats the figures of docs/costs.md. */

export const GB = 1024 ** 3;

/** Two significant digits: the page estimates. Below a cent, the order of magnitude is enough. */
export function money(usd: number): string {
  if (usd === 0) return '$0';
  if (usd < 0.01) return '< $0.01';
  // toFixed would print 0.175, which is a little less in binary, as 0.17.
  if (usd < 10) return `$${(Math.round(usd * 100) / 100).toFixed(2)}`;
  return `$${Number(usd.toPrecision(2)).toLocaleString('en-US')}`;
}

export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

export function addUp(parts: Readonly<Record<string, number>> | readonly number[]): number {
  return Object.values(parts).reduce((sum, cost) => sum + cost, 0);
}
