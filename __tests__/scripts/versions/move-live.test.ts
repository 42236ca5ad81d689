/** Which version npm run rollback selects, and what it refuses. */
import { LIVE_ALIAS as ALIAS_OF_CONSTRUCT } from '../../../constructs/nodejs-function';
import { LIVE_ALIAS } from '../../../scripts/versions/live-functions';
import { type FunctionVersions, nextPlanText, planMoves, versionsText } from '../../../scripts/versions/move-live';

const version = (number: number) => ({
  version: String(number),
  published: `2026-11-0${number}T10:00:00.000+0000`,
  codeHash: `${number}/0123456789abcdef`,
});
const target = (live: string, name = 'orders-function', others: readonly string[] = []): FunctionVersions => ({
  address: 'aws_lambda_alias.function',
  functionName: name,
  versions: [7, 6, 4].map(version),
  live: { version: live, others, revision: 'r1' },
});
const moves = (functions: readonly FunctionVersions[], to?: string) =>
  planMoves(functions, to).map(({ functionName, to: chosen }) => [functionName, chosen]);

test('the scripts and the construct name the same alias', () => {
  expect(LIVE_ALIAS).toBe(ALIAS_OF_CONSTRUCT);
});

test('without --to, each function goes to the version before its live one', () => {
  expect(moves([target('7'), target('6', 'other')])).toEqual([
    ['orders-function', '6'],
    ['other', '4'],
  ]);
});

test('--to names any existing version, also a newer one', () => {
  expect(moves([target('7')], '4')).toEqual([['orders-function', '4']]);
  expect(moves([target('4')], '7')).toEqual([['orders-function', '7']]);
});

test('--to ends a division of the requests between two versions', () => {
  expect(moves([target('7', 'orders-function', ['6'])], '7')).toEqual([['orders-function', '7']]);
});

test.each([
  ['an unknown version', [target('7')], '5', /orders-function has no version 5, so nothing was moved\.[^]* 7 {2}live/],
  ['a version that is live', [target('7')], '7', /Version 7 of orders-function is live already/],
  ['$LATEST', [target('7')], '$LATEST', /has no version \$LATEST/],
  ['no older version', [target('4')], undefined, /no version before 4, which is live, so nothing was moved/],
  [
    'one version for several functions',
    [target('7'), target('7', 'b')],
    '6',
    /orders-function, b\. Name one with --function/,
  ],
])('refuses %s', (_, functions, to, message) => {
  expect(() => planMoves(functions, to)).toThrow(message);
});

test('the list marks the live version, and versions that get a part of the requests', () => {
  expect(versionsText(target('7', 'orders-function', ['6'])).split('\n')).toEqual([
    'orders-function',
    '  version      published (UTC)      code',
    '      7  live  2026-11-07T10:00:00  7/0123456789',
    '      6  part  2026-11-06T10:00:00  6/0123456789',
    '      4        2026-11-04T10:00:00  4/0123456789',
  ]);
});

test('the last text names the aliases that the next plan changes', () => {
  expect(nextPlanText(planMoves([target('7')], undefined), 'orders')).toMatch(
    /^The next plan shows a change of aws_lambda_alias\.function: .* before the next deployment of orders\.$/,
  );
});
