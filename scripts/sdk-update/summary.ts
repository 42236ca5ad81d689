/** The summary that an SDK update prints at the end. */
import { GO_BACK } from '../working-copy';

export interface Update {
  /** Versions by package, before and after. */
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  /** The replaced files whose content changed. */
  readonly changedFiles: readonly string[];
  /** The output of `npm run build` before and after. */
  readonly builds: readonly [before: string, after: string];
  /** Whether each check passed, by its command. */
  readonly checks: ReadonlyMap<string, boolean>;
  /** The exceeded budgets of the quick benchmark. */
  readonly exceeded: readonly string[];
}

const REVIEW = `Read the diff above: the tests do not cover every call. If the new SDK code behaves differently, change its
  replacement in packages/lean-dynamodb/src/client.`;

const MEASURE =
  'Run npm run bench -- function, which measures more processes. If a budget is still exceeded, find the cause in the diff.';

/** Makes the summary: versions, changed files, sizes, checks, exceeded budgets, and the next steps. */
export function summaryOf({ before, after, changedFiles, builds, checks, exceeded }: Update): string {
  const failed = [...checks].filter(([, passed]) => !passed).map(([command]) => command);
  return [
    '== Summary',
    ...table([
      ['package', 'before', 'now'],
      ...[...after].map(([name, version]) => [name, before.get(name) ?? '', version]),
    ]),
    '',
    `Changed SDK files that packages/lean-dynamodb replaces: ${changedFiles.length === 0 ? 'none' : changedFiles.join(', ')}`,
    '',
    ...table(sizeRows(builds)),
    '',
    ...table([['check', 'result'], ...[...checks].map(([command, passed]) => [command, passed ? 'passed' : 'FAILED'])]),
    '',
    `Exceeded budgets in the quick benchmark: ${exceeded.length === 0 ? 'none' : exceeded.join('; ')}`,
    '',
    'Next:',
    ...[
      ...(changedFiles.length === 0 ? [] : [REVIEW]),
      ...failed.map((command) => `Correct the errors of ${command}, and run it again.`),
      ...(exceeded.length === 0 ? [] : [MEASURE]),
      'Run npm test, and commit the changes.',
    ].map((step) => `- ${step}`),
    '',
    `To go back: ${GO_BACK}`,
  ].join('\n');
}

/** The sizes of the archives of all functions, from the tables of `npm run build`. */
function sizeRows([before, after]: readonly [string, string]): string[][] {
  const sizes = sizesOf(before);
  const rows = [...sizesOf(after)].map(([name, size]) => [name, sizes.get(name) ?? '', size]);
  return [['function', 'zip before', 'zip now'], ...rows];
}

/** @param text lines with function, bundle and zip, for example `items  85.1 KB  27.4 KB  ...` */
function sizesOf(text: string): Map<string, string> {
  const rows = text.matchAll(/^(\S+) +[\d.]+ KB +([\d.]+ KB) /gm);
  return new Map([...rows].map(([, name = '', zip = '']) => [name, zip]));
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
