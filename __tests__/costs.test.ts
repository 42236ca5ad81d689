/**
 * The figures in docs/costs.md follow from the defaults of the settings. `UPDATE_COSTS=1 npx jest __tests__/costs.test.ts` writes
 * them anew; then format the page with `npx prettier --write docs/costs.md`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { items } from '../function/items/contract';
import { attackRows, previewRows, rateRows } from './support/costs/attack';
import { money } from './support/costs/format';
import * as prices from './support/costs/prices';
import { productionRows, usageRows } from './support/costs/usage';
import { ROOT } from './support/local-run';
import { synth } from './support/synth';

const FILE = path.join(ROOT, 'docs/costs.md');

/** Returns the cost of the alarms, the metrics and the dashboard of an API for a month. */
function monitoringRows(): string[][] {
  const { resource } = synth(items, { alarmEmail: 'ops@example.com' });
  const queries = Object.values(resource['aws_cloudwatch_metric_alarm'] ?? {}).flatMap(
    ({ metric_query }) => metric_query as { metric?: unknown }[],
  );
  const alarmMetrics = queries.filter(({ metric }) => metric !== undefined).length;
  const routes = Object.keys(items.routes).length;
  // Latency, Faults, and two classes of statuses.
  const routeMetrics = routes * 4;
  const costs = [alarmMetrics * prices.ALARM_METRIC, routeMetrics * prices.CUSTOM_METRIC, prices.DASHBOARD] as const;
  return [
    ['alarms', `${alarmMetrics} metrics × $${prices.ALARM_METRIC.toFixed(2)}`, money(costs[0])],
    ['metrics of routes', `${routes} routes × 4 metrics × $${prices.CUSTOM_METRIC.toFixed(2)}`, money(costs[1])],
    ['dashboard', '', money(costs[2])],
    ['**Total of a month**', '', `**${money(costs[0] + costs[1] + costs[2])}**`],
  ];
}

const TABLES: Readonly<Record<string, () => string[][]>> = {
  usage: usageRows,
  production: productionRows,
  monitoring: monitoringRows,
  'attack in development': () => attackRows('development'),
  'attack in production': () => attackRows('production'),
  'throttle rates': rateRows,
  'attack in a preview': previewRows,
};

/** Matches the table after a comment with its name: the comment, the head, and the rows. */
const tableAfter = (name: string) => new RegExp(`(<!-- ${name} -->\\n+(?:\\|.*\\n){2})((?:\\|.*\\n)*)`);

function rowsOf(page: string, name: string): string[][] {
  const [, , rows = ''] = tableAfter(name).exec(page) ?? [];
  return rows
    .trim()
    .split('\n')
    .map((row) =>
      row
        .replace(/^\||\|$/g, '')
        .split('|')
        .map((cell) => cell.trim()),
    );
}

beforeAll(() => {
  if (process.env['UPDATE_COSTS'] !== '1') return;
  let page = readFileSync(FILE, 'utf8');
  for (const [name, rows] of Object.entries(TABLES)) {
    const text = rows().map((cells) => `| ${cells.join(' | ')} |\n`);
    page = page.replace(tableAfter(name), (_, head: string) => head + text.join(''));
  }
  writeFileSync(FILE, page);
});

test.each(Object.entries(TABLES))('docs/costs.md has the figures of the table: %s', (name, rows) => {
  expect(rowsOf(readFileSync(FILE, 'utf8'), name)).toEqual(rows());
});

test('half a cent is rounded up', () => {
  expect([0.175, 2.446].map(money)).toEqual(['$0.18', '$2.45']);
});

test('prices of API Gateway fall with the number of requests', () => {
  expect(prices.gatewayCost('http-api', 1e9)).toBeCloseTo(300 + 700 * 0.9);
  expect(prices.gatewayCost('rest-api', 1e9)).toBeCloseTo(333 * 3.5 + 667 * 2.8);
});
