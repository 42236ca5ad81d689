/** The budgets in the report of the benchmark `function`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { exceededBudgets } from '../../../scripts/sdk-update/budgets';
import { ROOT } from '../../support/local-run';

const REPORT = readFileSync(path.join(ROOT, 'docs/performance.md'), 'utf8').split(/^## /m)[1] ?? '';

/** The report, with another figure in the column `measured` of each row with a budget. */
const measuring = (measured: string) => REPORT.replaceAll(/^(\|.+\| +[\d.]+ \| +)[\d.]+( \|)$/gm, `$1${measured}$2`);

test('reads each budget of a real report', () => {
  expect(exceededBudgets(measuring('0.01'))).toEqual([]);
  const exceeded = exceededBudgets(measuring('99.9'));
  expect(exceeded.length).toBeGreaterThan(5);
  expect(exceeded).toContain('GET /items/{id}, cold ms, ours / naive: 99.9, budget 0.50');
  expect(exceeded).toContain('items, zip KB: 99.9, budget 35.0');
});

test('a report without budgets exceeds none', () => expect(exceededBudgets('')).toEqual([]));
