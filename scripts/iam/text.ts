/** Formats the report of npm run iam for a terminal. */
import type { FunctionReport, Row, Verdict } from './compare';
import { grantsDiffer, type StackReport } from './measure';

const COLORS: Readonly<Record<Verdict, number>> = {
  used: 32,
  unused: 33,
  wide: 33,
  missing: 31,
  unknown: 36,
  retry: 32,
  together: 32,
  bounded: 33,
};

const HINTS: Readonly<Record<Exclude<Verdict, 'used'>, string>> = {
  unused: 'granted, but no operation calls it: remove the grant',
  wide: 'allows more than was called: name the actions and resources',
  missing: 'called, but not granted: grant it, or remove the call',
  unknown: 'granted, but no step of the session shows whether it is called',
  together:
    'one of the grants for `query` of a handler, which are the table and all indexes; the session queried another',
  bounded: 'granted, but the permissions boundary does not allow it: remove the grant, or extend the boundary',
  retry: 'called only after the answer to a write was lost, which no session can cause',
};

/** Formats the report of one stack. @param colored whether to use terminal colours */
export function reportText(report: StackReport, layout: string, colored: boolean): string {
  const paint = (code: number, text: string) => (colored ? `\u001b[${code}m${text}\u001b[0m` : text);
  const { stack, functions, hasSession, difference } = report;
  const lines = [paint(1, `${stack}, ${layout}`)];
  if (!hasSession) {
    lines.push(`  ${stack} has no session, so nothing called it. Write a session.ts beside its contract.`);
  }
  if (difference !== undefined) lines.push(`  ${paint(31, 'DIFFERENT')} from the documented answer: ${difference}`);
  return [...lines, ...functions.flatMap((report) => functionLines(report, hasSession, paint)), ''].join('\n');
}

function functionLines(
  { function: name, role, rows, notExercised, otherActions }: FunctionReport,
  hasSession: boolean,
  paint: (code: number, text: string) => string,
): string[] {
  const cells = rows.map((row) => [row.action, shortResource(row.resource), row.routes.join(', ') || '-', row.verdict]);
  const header = ['action', 'on', 'called by', 'verdict'];
  const widths = header.map((title, index) => Math.max(title.length, ...cells.map((row) => (row[index] ?? '').length)));
  const line = (row: readonly string[]) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ');
  return [
    '',
    `  ${name}, role ${role}`,
    ...(rows.length > 0 ? [`    ${paint(2, line(header).trimEnd())}`] : ['    It has no grants and made no calls.']),
    ...rows.map((row, index) => `    ${line(cells[index]?.slice(0, 3) ?? [])}  ${verdictText(row, paint)}`),
    ...(hasSession ? notExercised : []).map(
      (route) => `    ${paint(36, 'not called')}  ${route}: no step of the session calls it.`,
    ),
    ...(otherActions.length > 0 ? [`    Not compared (not DynamoDB): ${otherActions.join(', ')}`] : []),
  ];
}

function verdictText({ verdict, calls }: Row, paint: (code: number, text: string) => string): string {
  const word = paint(COLORS[verdict], verdict);
  if (verdict === 'used') return word;
  return `${word}: ${HINTS[verdict]}${verdict === 'wide' ? ` (${calls.join(', ')})` : ''}`;
}

/** Shortens an ARN to `table/http-crud-tutorial-items`; region and account are always the same. */
function shortResource(resource: string): string {
  return resource.replace(/arn:aws:dynamodb:[^:]*:[^:]*:/g, '');
}

/** Formats the last lines: whether grants and calls differ, the number of each verdict, and the stacks with another answer. */
export function summaryText(all: readonly StackReport[]): string {
  const rows = all.flatMap(({ functions }) => functions.flatMap(({ rows }) => rows));
  const countOf = (verdict: string) => rows.filter((row) => row.verdict === verdict).length;
  const counts = ['used', 'unused', 'wide', 'missing', 'unknown', 'retry', 'together'].map(
    (verdict) => [verdict, countOf(verdict)] as const,
  );
  const text = counts
    .filter(([verdict, count]) => count > 0 || verdict === 'used')
    .map(([v, count]) => `${count} ${v}`);
  const stacks = [...new Set(all.filter(({ difference }) => difference !== undefined).map(({ stack }) => stack))];
  const isPartial = countOf('unknown') > 0 || stacks.length > 0;
  const same = isPartial ? 'are the same, as far as the sessions show' : 'are the same';
  const summary = `Grants and calls ${all.some(grantsDiffer) ? 'differ' : same}: ${text.join(', ')}.`;
  if (stacks.length === 0) return summary;
  return `${summary}\nAn answer differs from the documented answer in: ${stacks.join(', ')}. See DIFFERENT above.`;
}
