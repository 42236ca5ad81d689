/** Writes the report of the benchmark `function`: a table for each request, and the budgets. */
import { median, table } from '../benchmark';
import type { Measured } from './child';
import { type BenchRequest, GET_ITEM, GET_ORDER, POST_ORDER } from './requests';
import { FLOOR, NAIVE, OURS, PRODUCTION, type Variant } from './variants';

/** A variant with the measurements of its processes. */
export interface Result {
  readonly variant: Variant;
  readonly cold: Measured[];
  readonly warm: Measured[];
}

interface Column {
  readonly title: string;
  readonly digits: number;
  readonly value: (result: Result) => number;
}

/** Makes a column with the medians of a figure. */
function medianColumn(title: string, digits: number, kind: 'cold' | 'warm', figure: keyof Measured): Column {
  return { title, digits, value: (result) => median(result[kind].map((each) => each[figure])) };
}

const ZIP: Column = { title: 'zip KB', digits: 1, value: ({ variant }) => variant.zipBytes / 1024 };
const COLD = medianColumn('cold ms', 1, 'cold', 'cold');
const COLD_CPU = medianColumn('cold CPU ms', 1, 'cold', 'coldCpu');
const WARM_CPU = medianColumn('warm CPU ms', 3, 'warm', 'cpu');

const COLUMNS: readonly Column[] = [
  ZIP,
  medianColumn('init ms', 1, 'cold', 'init'),
  COLD,
  COLD_CPU,
  medianColumn('p50 ms', 2, 'warm', 'p50'),
  medianColumn('p99 ms', 2, 'warm', 'p99'),
  WARM_CPU,
  medianColumn('memory MB', 1, 'warm', 'memory'),
];

/** The budgets: the maximum of our figure divided by the figure of the naive function. */
const BUDGETS: readonly (readonly [request: BenchRequest, column: Column, budget: number, name?: string])[] = [
  [GET_ITEM, COLD, 0.5],
  [GET_ITEM, WARM_CPU, 0.42],
  [GET_ORDER, COLD, 0.52],
  [GET_ORDER, WARM_CPU, 0.46],
  [POST_ORDER, WARM_CPU, 0.65],
  [GET_ORDER, COLD, 0.55, PRODUCTION],
  [GET_ORDER, WARM_CPU, 0.65, PRODUCTION],
  [POST_ORDER, WARM_CPU, 0.8, PRODUCTION],
];

const MAX_ITEMS_ZIP_KB = 35;

const BUDGETS_TEXT =
  'A budget is the maximum that the project accepts. `orders with read alone` is its contract with only the route of the read.';

/** @param readAloneBytes size of the archive of `orders` with only the operation `read` */
export function tables(results: readonly Result[], readAloneBytes: number): string {
  const sections = [GET_ITEM, GET_ORDER, POST_ORDER].map((request) => {
    const ofRequest = results.filter(({ variant }) => variant.request === request);
    return [`### ${request.routeKey}`, '', requestTable(ofRequest), '', ...descriptions(ofRequest)].join('\n');
  });
  return [...sections, ['### Budgets', '', BUDGETS_TEXT, '', budgetTable(results, readAloneBytes)].join('\n')].join(
    '\n\n',
  );
}

function requestTable(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.variant.name,
    ...COLUMNS.map(({ value, digits }) => value(result).toFixed(digits)),
  ]);
  const ours = find(results, OURS);
  const ratios = [NAIVE, FLOOR].flatMap((name) => {
    const base = results.find(({ variant }) => variant.name === name);
    return base ? [[`ours / ${name}`, ...COLUMNS.map(({ value }) => (value(ours) / value(base)).toFixed(2))]] : [];
  });
  return table(['variant', ...COLUMNS.map(({ title }) => title)], [...rows, ...ratios]);
}

function find(results: readonly Result[], name: string): Result {
  const found = results.find(({ variant }) => variant.name === name);
  if (!found) throw new Error(`The benchmark has no variant ${name}.`);
  return found;
}

function descriptions(results: readonly Result[]): string[] {
  return results.map(({ variant: { name, description } }) => `- ${name}: ${description}`);
}

function budgetTable(results: readonly Result[], readAloneBytes: number): string {
  const rows = BUDGETS.map(([request, { title, value }, budget, name = OURS]) => {
    const ofRequest = results.filter(({ variant }) => variant.request === request);
    const ratio = value(find(ofRequest, name)) / value(find(ofRequest, NAIVE));
    return [request.routeKey, `${title}, ${name} / naive`, budget.toFixed(2), ratio.toFixed(2)];
  });
  const zipOf = (api: string) =>
    ZIP.value(
      find(
        results.filter(({ variant }) => variant.request.api === api),
        OURS,
      ),
    ).toFixed(1);
  return table(
    ['request or API', 'figure', 'budget', 'measured'],
    [
      ...rows,
      ['items', 'zip KB', MAX_ITEMS_ZIP_KB.toFixed(1), zipOf('items')],
      ['orders', 'zip KB', '', zipOf('orders')],
      ['orders with read alone', 'zip KB', '', (readAloneBytes / 1024).toFixed(1)],
    ],
  );
}
