/** What npm run deploy compares with the reviewed summary when no plan shows what it changes. */
import { createReviewKey, parsePlan, parseReview, summarize } from 'plan-review';
import { compareWithReview } from '../../scripts/compare-with-review';
import { textBeforePlans } from '../../scripts/terraform/text-before-plans';
import { type RolledBackFunction, rolledBackMarkdown } from '../../scripts/versions/rolled-back';

const key = createReviewKey('1'.repeat(64));
const COMMIT = 'a'.repeat(40);
const plan = parsePlan({ format_version: '1.2', resource_changes: [] }, 'plan.json', 'orders');
const rolledBack = (live: string, next: RolledBackFunction['next'] = 'canary'): RolledBackFunction => ({
  ...{ stack: 'orders', functionName: 'orders-function', live, newest: '7', next },
});

interface Deployment {
  readonly commit?: string;
  readonly rolledBack?: readonly RolledBackFunction[];
  readonly staleDeployments?: readonly unknown[];
}

/** Compares a plan without changes with a summary whose text before the plans is `first`. */
function compare(first: string, deployment: Deployment, sealed = true): void {
  const review = parseReview(summarize([plan], { commit: COMMIT, first, ...(sealed && { key }) }), 'summary.md');
  const { commit = COMMIT, staleDeployments = [], rolledBack: functions = [] } = deployment;
  const stackPlans = [{ stack: 'orders', json: '', changes: false }];
  compareWithReview(review, [plan], stackPlans, { commit, key }, { staleDeployments, rolledBack: functions });
}

beforeEach(() => void jest.spyOn(console, 'log').mockImplementation());
afterEach(() => jest.restoreAllMocks());

const DIFFERS = 'Nothing was deployed: the plan differs from the reviewed one.';
const announced = rolledBackMarkdown([rolledBack('6')]);

test('without changes and moves, any summary is accepted', () => {
  expect(() => compare('', { commit: 'b'.repeat(40) })).not.toThrow();
  expect(() => compare('', { commit: 'b'.repeat(40), rolledBack: [rolledBack('6', 'stays')] })).not.toThrow();
});

test.each<[string, Deployment]>([
  ['an alias', { rolledBack: [rolledBack('6')] }],
  ['a deployment of API Gateway', { staleDeployments: [{}] }],
])('a deployment that moves %s needs the commit and the seal', (_, deployment) => {
  expect(() => compare(announced, deployment)).not.toThrow();
  expect(() => compare(announced, { ...deployment, commit: 'b'.repeat(40) })).toThrow(DIFFERS);
  expect(() => compare(announced, deployment, false)).toThrow(DIFFERS);
});

test.each([
  ['says nothing', ''],
  ['names another version', rolledBackMarkdown([rolledBack('5')])],
  ['names another newest version', rolledBackMarkdown([{ ...rolledBack('6'), newest: '8' }])],
  ['names another function', rolledBackMarkdown([{ ...rolledBack('6'), functionName: 'x' }])],
])('a move of an alias is refused when the reviewed text %s', (_, first) => {
  expect(() => compare(first, { rolledBack: [rolledBack('6')] })).toThrow(
    'Nothing was deployed: the reviewed text does not say that this deployment moves live of orders-function (version 6) to a newer ' +
      'version. Somebody moved it back after the review, or an earlier deployment did not end. Review a new plan.',
  );
});

describe('moves of many aliases', () => {
  const many = Array.from({ length: 12 }, (_, at) => ({ ...rolledBack('6'), functionName: `${'f'.repeat(60)}_${at}` }));
  const others = Array.from({ length: 60 }, (_, at) => `> - ${at} ${'x'.repeat(290)}`).join('\n');
  const shortened = textBeforePlans([rolledBackMarkdown(many), others], `> ${'x'.repeat(15_000)}`);

  test('are accepted with a text that lost lines of its lists', () => {
    expect(shortened).not.toContain('7 more');
    expect(() => compare(shortened, { rolledBack: many })).not.toThrow();
  });

  test.each([0, 4, 5, 11])('are refused when function %i has gone back further after the review', (changed) => {
    const now = many.map((found, at) => (at === changed ? { ...found, live: '5' } : found));
    for (const first of [shortened, rolledBackMarkdown(many)])
      expect(() => compare(first, { rolledBack: now })).toThrow(
        `moves live of ${'f'.repeat(60)}_${changed} (version 5)`,
      );
  });

  test('are accepted in any order, and after some of them were moved', () => {
    expect(() => compare(shortened, { rolledBack: [...many].reverse().slice(3) })).not.toThrow();
  });

  test('are announced only by the lines for them', () => {
    const stays = many.map((found) => ({ ...found, next: 'stays' as const }));
    expect(() => compare(rolledBackMarkdown(stays), { rolledBack: many })).toThrow('Nothing was deployed');
  });
});

test('a move of an alias is accepted when other text surrounds the announcement', () => {
  expect(() =>
    compare(['> Breaking changes.', announced, '> More.'].join('\n'), { rolledBack: [rolledBack('6')] }),
  ).not.toThrow();
});
