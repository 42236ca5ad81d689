/** `npm run iam`, run as a command. */
import { spawnSync } from 'node:child_process';
import type { Api } from '../../function/contract/api';
import type { StackReport } from '../../scripts/iam/measure';
import { reportText, summaryText } from '../../scripts/iam/text';
import { JITI, ROOT } from '../support/local-run';
import { EXAMPLE_APIS, PROJECT_APIS } from '../support/project-apis';

function iam(...args: string[]) {
  return spawnSync(process.execPath, [JITI, 'scripts/iam.ts', ...args], { cwd: ROOT, encoding: 'utf8' });
}

test('--json reports both layouts of every API and example, and prints progress to stderr', () => {
  const { status, stdout, stderr } = iam('--json');
  expect(stderr).toMatch(/Synthesizing and starting the stacks of \. with one function for each route \.\.\./);
  const reports = JSON.parse(stdout) as (StackReport & { layout: string })[];
  const counts = new Map(reports.map(({ layout, stack, functions }) => [`${stack}, ${layout}`, functions.length]));
  for (const { name } of [...PROJECT_APIS, ...EXAMPLE_APIS]) expect(counts.get(`${name}, one function`)).toBe(1);
  const divided = (api: Api) => counts.get(`${api.name}, one function for each route`);
  for (const api of EXAMPLE_APIS) expect(divided(api)).toBe(Object.keys(api.routes).length);
  const undivided = PROJECT_APIS.filter((api) => divided(api) === undefined).map(({ name }) => name);
  if (undivided.length > 0) {
    expect(stderr).toContain(`\n  ${undivided.join(', ')}: one function in both layouts, see above\n`);
  }
  expect(status).toBe(0);
}, 300_000);

test('--help explains the verdicts', () => {
  const { status, stdout } = iam('--help');
  expect(status).toBe(0);
  expect(stdout).toMatch(/unused {4}granted, never called/);
});

test('refuses an unknown option with status 1', () => {
  const { status, stderr } = iam('--jsn');
  expect(status).toBe(1);
  expect(stderr).toBe("\nUnknown option '--jsn'.\nnpm run iam -- --help shows the options.\n");
});

test('the table gives advice for each verdict except used', () => {
  const on = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';
  const row = { resource: on, calls: ['dynamodb:PutItem'], routes: ['PUT /orders'] };
  const report: StackReport = {
    stack: 'orders',
    hasSession: true,
    functions: [
      {
        function: 'orders-function',
        role: 'orders-role',
        rows: [
          { ...row, action: 'dynamodb:PutItem', verdict: 'used' },
          { ...row, action: 'dynamodb:Put*', verdict: 'wide' },
          { ...row, action: 'dynamodb:Query', calls: [], routes: [], verdict: 'unused' },
          { ...row, action: 'dynamodb:Scan', verdict: 'missing' },
          { ...row, action: 'dynamodb:GetItem', calls: [], routes: [], verdict: 'retry' },
        ],
        notExercised: ['GET /orders'],
        otherActions: ['logs:PutLogEvents'],
      },
    ],
  };
  expect(reportText(report, 'one function', false)).toBe(
    [
      'orders, one function',
      '',
      '  orders-function, role orders-role',
      '    action            on            called by    verdict',
      '    dynamodb:PutItem  table/orders  PUT /orders  used',
      '    dynamodb:Put*     table/orders  PUT /orders  wide: allows more than was called: name the actions and resources (dynamodb:PutItem)',
      '    dynamodb:Query    table/orders  -            unused: granted, but no operation calls it: remove the grant',
      '    dynamodb:Scan     table/orders  PUT /orders  missing: called, but not granted: grant it, or remove the call',
      '    dynamodb:GetItem  table/orders  -            retry: called only after the answer to a write was lost, which no session can cause',
      '    not called  GET /orders: no step of the session calls it.',
      '    Not compared (not DynamoDB): logs:PutLogEvents',
      '',
    ].join('\n'),
  );
});

test('reports a stack without a session', () => {
  const report: StackReport = { stack: 'orders', hasSession: false, functions: [] };
  expect(reportText(report, 'one function', false)).toMatch(
    /orders has no session, so nothing called it\. Write a session\.ts beside its contract\./,
  );
});

test('the last line counts the verdicts, and limits its statement when a verdict is unknown', () => {
  const row = { action: 'dynamodb:Scan', resource: '*', calls: [], routes: [] };
  const summaryOf = (...verdicts: readonly ('used' | 'unused' | 'unknown')[]) => {
    const rows = verdicts.map((verdict) => ({ ...row, verdict }));
    const report = { function: 'f', role: 'r', rows, notExercised: [], otherActions: [] };
    return summaryText([{ stack: 's', hasSession: true, functions: [report] }]);
  };
  expect(summaryOf('used', 'used')).toBe('Grants and calls are the same: 2 used.');
  expect(summaryOf('used', 'unknown')).toBe(
    'Grants and calls are the same, as far as the sessions show: 1 used, 1 unknown.',
  );
  expect(summaryOf('used', 'unused', 'unknown')).toBe('Grants and calls differ: 1 used, 1 unused, 1 unknown.');
});

test('the last line names the stacks with an answer that differs', () => {
  const row = { action: 'dynamodb:Scan', resource: '*', calls: [], routes: [], verdict: 'used' } as const;
  const report = { function: 'f', role: 'r', rows: [row], notExercised: [], otherActions: [] };
  expect(summaryText([{ stack: 'items', hasSession: true, functions: [report], difference: 'GET /items: 500' }])).toBe(
    'Grants and calls are the same, as far as the sessions show: 1 used.\n' +
      'An answer differs from the documented answer in: items. See DIFFERENT above.',
  );
});
