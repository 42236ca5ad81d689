/** Which functions npm run rollback moves, to which version, and what it refuses. */
import { LIVE_ALIAS as ALIAS_OF_CONSTRUCT } from '../../../constructs/nodejs-function';
import { LIVE_ALIAS } from '../../../scripts/versions/live-functions';
import {
  type FunctionVersions,
  type MoveOptions,
  nothingMovedText,
  planMoves,
  stayingText,
  versionsText,
} from '../../../scripts/versions/plan-moves';

const version = (number: number, published = `2026-11-0${number}T10:00:00.000+0000`) => ({
  version: String(number),
  published,
  codeHash: `${number}/0123456789abcdef`,
});
const target = (
  live: string,
  name = 'orders-function',
  weighted: readonly string[] = [],
  versions = [7, 6, 4].map((number) => version(number)),
): FunctionVersions => ({
  address: 'aws_lambda_alias.function',
  functionName: name,
  versions,
  live: { version: live, weighted, revision: 'r1' },
});
const moves = (functions: readonly FunctionVersions[], options: MoveOptions = {}) =>
  planMoves(functions, options).moves.map(({ target: { functionName }, to }) => [functionName, to]);
const staying = (functions: readonly FunctionVersions[], options: MoveOptions = {}) =>
  planMoves(functions, options).staying.map(stayingText);
const leftAlone = (functions: readonly FunctionVersions[], options: MoveOptions = {}) =>
  planMoves(functions, options).leftAlone.map(stayingText);

test('the scripts and the construct name the same alias', () => {
  expect(LIVE_ALIAS).toBe(ALIAS_OF_CONSTRUCT);
});

test('without --to, the function goes to the version before its newest one', () => {
  expect(moves([target('7')])).toEqual([['orders-function', '6']]);
});

describe('a function that has gone back already', () => {
  const REASON = 'it is not at its newest version 7, so it has gone back already.';

  test.each([{}, { named: true }])('stays with %j', (options) => {
    expect(moves([target('6')], options)).toEqual([]);
    expect(staying([target('6')], options)).toEqual([
      `orders-function: stays at version 6, published 2026-11-06T10:00:00: ${REASON}`,
    ]);
  });

  test('stays, and another function of the same deployment goes back', () => {
    expect(moves([target('6'), target('7', 'orders-list')])).toEqual([['orders-list', '6']]);
  });

  test('does not make a function of an earlier deployment go back', () => {
    const earlier = target('3', 'orders-list', [], [version(3, '2026-11-06T20:00:00.000+0000'), version(2)]);
    expect(moves([target('6'), earlier])).toEqual([]);
  });

  test('is reported with the commands that go back further', () => {
    expect(nothingMovedText('orders', planMoves([target('6')], {}).staying).split('\n')).toEqual([
      `orders-function: stays at version 6, published 2026-11-06T10:00:00: ${REASON}`,
      'Nothing was moved. To go back further, look at the versions, and name one:',
      '  npm run rollback -- orders --list',
      '  npm run rollback -- orders --function orders-function --to VERSION',
    ]);
  });
});

describe('a version that was reverted', () => {
  const codes = (...hashes: string[]) =>
    hashes.map((codeHash, index) => ({ ...version(8 - index), version: String(8 - index), codeHash }));
  const live8 = (...hashes: string[]) => [target('8', 'orders-function', [], codes(...hashes))];

  test.each([
    ['the version before it', ['a', 'b', 'a']],
    ['an older version', ['a', 'c', 'b', 'a']],
  ])('is no target when the newest version has the code of %s', (_, hashes) => {
    expect(() => planMoves(live8(...hashes), {})).toThrow(
      /^Version 8 of orders-function has the code of version \d again, so version 7 was probably reverted because of a fault\. Nothing was moved\. Name the version with --function orders-function --to VERSION\.\n/,
    );
  });

  test('is a target with --to', () => {
    expect(moves(live8('a', 'b', 'a'), { to: '7' })).toEqual([['orders-function', '7']]);
  });

  test.each([[['a', 'a', 'a']], [['a', 'b', 'c']], [['a', 'b', 'b']]])('is not seen in the codes %j', (hashes) => {
    expect(moves(live8(...hashes))).toEqual([['orders-function', '7']]);
  });
});

describe('a stack with a second function', () => {
  const api = target('7');
  const gate = (...versions: ReturnType<typeof version>[]) =>
    target(versions[0]?.version ?? '', 'orders-gate', [], versions);

  test('goes back without the second function when the last deployment did not change it', () => {
    const functions = [api, gate(version(3), version(2))];
    expect(moves(functions)).toEqual([['orders-function', '6']]);
    expect(leftAlone(functions)).toEqual([
      'orders-gate: stays at version 3, published 2026-11-03T10:00:00: the last deployment did not change it.',
    ]);
  });

  test('goes back without a function that has one version', () => {
    expect(moves([api, gate(version(1))])).toEqual([['orders-function', '6']]);
    const added = gate(version(1, '2026-11-07T10:03:00.000+0000'));
    expect(moves([api, added])).toEqual([['orders-function', '6']]);
    expect(staying([api, added])).toEqual([
      'orders-gate: stays at version 1, published 2026-11-07T10:03:00: it has no older version.',
    ]);
  });

  test.each([
    ['2026-11-07T09:46:00.000+0000', true],
    ['2026-11-07T10:14:00.000+0000', true],
    ['2026-11-07T11:14:00.000+0100', true],
    ['2026-11-07T09:44:00.000+0000', false],
  ])('with the newest version published at %s, it goes back too: %s', (published, expected) => {
    expect(moves([api, gate(version(3, published), version(2))])).toEqual([
      ['orders-function', '6'],
      ...(expected ? [['orders-gate', '2']] : []),
    ]);
  });

  test('refuses when Lambda does not say when a version was published, except for named functions', () => {
    const functions = [api, gate(version(3, ''), version(2))];
    expect(() => planMoves(functions, {})).toThrow(
      'Lambda did not say when version 3 of orders-gate was published (""), so nothing was moved. Name the functions',
    );
    expect(moves(functions, { named: true })).toEqual([
      ['orders-function', '6'],
      ['orders-gate', '2'],
    ]);
  });

  test('moves a named function whatever its age, and refuses it when it has no older version', () => {
    expect(moves([gate(version(3), version(2))], { named: true })).toEqual([['orders-gate', '2']]);
    expect(() => planMoves([api, gate(version(1))], { named: true })).toThrow(/orders-gate has no version before 1/);
  });
});

test('--to names any existing version, also a newer one', () => {
  expect(moves([target('7')], { to: '4' })).toEqual([['orders-function', '4']]);
  expect(moves([target('4')], { to: '7' })).toEqual([['orders-function', '7']]);
});

test('--to with the version that is live moves nothing', () => {
  expect(moves([target('7')], { to: '7' })).toEqual([]);
  expect(staying([target('7')], { to: '7' })).toEqual([
    'orders-function: stays at version 7, published 2026-11-07T10:00:00: all requests go to this version already.',
  ]);
});

describe('a division of the requests between two versions', () => {
  test('ends with --to', () => {
    expect(moves([target('7', 'orders-function', ['6'])], { to: '7' })).toEqual([['orders-function', '7']]);
  });

  test('goes back to the older of the two versions', () => {
    expect(moves([target('6', 'orders-function', ['7'])])).toEqual([['orders-function', '6']]);
    expect(moves([target('7', 'orders-function', ['6'])])).toEqual([['orders-function', '6']]);
  });

  test('never goes to a version between them, which may be a faulty one', () => {
    expect(moves([target('4', 'orders-function', ['7'])])).toEqual([['orders-function', '4']]);
  });

  test('ends also when a newer version waits', () => {
    expect(moves([target('4', 'orders-function', ['6'])])).toEqual([['orders-function', '4']]);
  });
});

test.each<[string, readonly FunctionVersions[], MoveOptions, RegExp]>([
  [
    'an unknown version',
    [target('7')],
    { to: '5' },
    /orders-function has no version 5, so nothing was moved\.[^]* 7 {2}live/,
  ],
  ['$LATEST', [target('7')], { to: '$LATEST' }, /has no version \$LATEST/],
  [
    'no older version',
    [target('4', 'orders-function', [], [version(4)])],
    {},
    /no version before 4, which is live, so nothing was moved/,
  ],
  [
    'one version for several functions',
    [target('7'), target('7', 'b')],
    { to: '6' },
    /orders-function, b\. Name one with --function/,
  ],
])('refuses %s', (_, functions, options, message) => {
  expect(() => planMoves(functions, options)).toThrow(message);
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
