/** Which authorizers npm run rollback moves, and what a deployment of an authorizer means for the functions of its APIs. */
import {
  type FunctionVersions,
  type MoveOptions,
  nothingMovedText,
  planMoves,
  stayingText,
} from '../../../scripts/versions/plan-moves';

const version = (number: number, published = `2026-11-0${number}T10:00:00.000+0000`) => ({
  version: String(number),
  published,
  codeHash: `${number}/0123456789abcdef`,
});
const target = (
  functionName: string,
  live: string,
  versions: readonly ReturnType<typeof version>[],
  weighted: readonly string[] = [],
): FunctionVersions => ({
  ...{ address: 'aws_lambda_alias.function', functionName, versions },
  live: { version: live, weighted, revision: 'r1' },
});
const api = target('orders-function', '7', [version(7), version(6)]);
const gate = (...versions: ReturnType<typeof version>[]) => ({
  ...target('orders-gate', versions[0]?.version ?? '', versions),
  isAuthorizer: true,
});
const moves = (functions: readonly FunctionVersions[], options: MoveOptions = {}) =>
  planMoves(functions, options).moves.map(({ target: { functionName }, to }) => [functionName, to]);
const leftAlone = (functions: readonly FunctionVersions[]) => planMoves(functions, {}).leftAlone.map(stayingText);

test('leaves an authorizer that the last deployment changed, unless it is named', () => {
  const changed = gate(version(3, '2026-11-07T10:03:00.000+0000'), version(2));
  expect(moves([api, changed])).toEqual([['orders-function', '6']]);
  expect(leftAlone([api, changed])).toEqual([
    'orders-gate: stays at version 3, published 2026-11-07T10:03:00: it is an authorizer. Move it with --function.',
  ]);
  expect(moves([changed])).toEqual([]);
  expect(moves([changed], { named: true })).toEqual([['orders-gate', '2']]);
});

test.each<[string, FunctionVersions]>([
  ['an authorizer', gate(version(9), version(8))],
  ['an authorizer that has one version', gate(version(9))],
  ['an authorizer that has gone back', { ...gate(version(9), version(8)), live: { ...api.live, version: '8' } }],
])('leaves the API when the last deployment changed only %s', (_, authorizer) => {
  expect(moves([api, authorizer])).toEqual([]);
  const { staying, leftAlone: left } = planMoves([api, authorizer], {});
  expect(left.map(({ reason }) => reason)).toEqual([
    'it is an authorizer. Move it with --function',
    'the last deployment did not change it',
  ]);
  expect(nothingMovedText('orders', [...staying, ...left])).toContain(
    '\n  npm run rollback -- orders --function orders-gate --to VERSION',
  );
});

test('leaves an authorizer that an earlier deployment changed', () => {
  const earlier = gate(version(3), version(2));
  expect(moves([api, earlier])).toEqual([['orders-function', '6']]);
  expect(leftAlone([api, earlier])).toEqual([
    'orders-gate: stays at version 3, published 2026-11-03T10:00:00: the last deployment did not change it.',
  ]);
});

test('tells that CodeDeploy may still move a function that is left alone', () => {
  const shifting = (live: string, weighted: readonly string[]) => ({
    ...target('orders-gate', live, [version(7, '2026-11-07T10:03:00.000+0000'), version(3)], weighted),
    ...{ isAuthorizer: true, application: 'orders-api' },
  });
  const hint =
    'it is an authorizer. Move it with --function. CodeDeploy may still move it to version 7: --function stops that.';
  expect(leftAlone([api, shifting('3', ['7'])])).toEqual([
    `orders-gate: stays at version 3, published 2026-11-03T10:00:00, and version 7 gets a part of the requests: ${hint}`,
  ]);
  expect(leftAlone([api, shifting('3', [])])).toEqual([
    `orders-gate: stays at version 3, published 2026-11-03T10:00:00: ${hint}`,
  ]);
  expect(leftAlone([api, shifting('7', [])])).toEqual([
    'orders-gate: stays at version 7, published 2026-11-07T10:03:00: it is an authorizer. Move it with --function.',
  ]);
  expect(moves([shifting('3', ['7'])], { named: true })).toEqual([['orders-gate', '3']]);
});
