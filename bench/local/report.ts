/** The report of the local run's benchmark: figures of each target, and ratios. */
import { median, table } from '../benchmark';
import type { LoadFigures } from './load';
import { OURS, STOCK, type Target } from './targets';

export const CONNECTIONS = [1, 10, 50] as const;

export interface Plan {
  readonly starts: number;
  readonly rounds: number;
  /** Load on each target before the first round, once with 10 and once with 50 connections. */
  readonly warmUpMs: number;
  /** Load before each measurement, with the same number of connections. */
  readonly settleMs: number;
  readonly measureMs: number;
}

/** Measurements by target name. */
export type Results = Map<string, { firstMs: number[]; load: Map<number, LoadFigures[]> }>;

export function report(targets: readonly Target[], results: Results, plan: Plan): string {
  const figure = (name: string, connections: number, key: 'rate' | 'p50' | 'p99') =>
    median((results.get(name)?.load.get(connections) ?? []).map((figures) => figures[key]));
  const first = (name: string) => median(results.get(name)?.firstMs ?? []);
  const failures = (name: string) =>
    [...(results.get(name)?.load.values() ?? [])].flat().reduce((sum, { failures: count }) => sum + count, 0);
  const figures = (name: string) =>
    CONNECTIONS.flatMap((connections) => [figure(name, connections, 'rate'), figure(name, connections, 'p99')]);
  const rows = targets.map(({ name }) => [
    name,
    (first(name) / 1000).toFixed(2),
    ...figures(name).map((value, index) => (index % 2 === 0 ? value.toFixed(0) : value.toFixed(1))),
    String(failures(name)),
  ]);
  const otherNames = targets.map(({ name }) => name).filter((name) => name !== OURS);
  const ratios = otherNames
    .filter((name) => name !== OURS + STOCK)
    // A target with the stock SDK is compared with the local run with the stock SDK.
    .map((name) => [name.endsWith(STOCK) && otherNames.includes(OURS + STOCK) ? OURS + STOCK : OURS, name] as const)
    .map(([ours, name]) => [
      `${ours} / ${name}`,
      (first(ours) / first(name)).toFixed(2),
      ...figures(ours).map((value, index) => (value / (figures(name)[index] ?? 0)).toFixed(2)),
      '',
    ]);
  const columns = CONNECTIONS.flatMap((connections) => [`${connections}: req/s`, 'p99 ms']);
  return [
    table(['target', 'first answer s', ...columns, 'failed'], [...rows, ...ratios]),
    '',
    ...targets.map(({ name, description }) => `- ${name}: ${description}`),
    '',
    `GET /items/{id}; medians of ${plan.rounds} rounds of ${plan.measureMs / 1000} s, and of ${plan.starts} starts. One target runs at a time; the others are stopped.`,
    '[Decision 0009](decisions/0009-instances-as-many-as-cores.md) explains the design behind these figures.',
  ].join('\n');
}
