/** Plans of functions whose alias is not at the newest version. */
import { createReviewKey, summarize } from 'plan-review';
import type { PlannedResource } from '../../../scripts/terraform/plan-json';
import {
  movesWithoutPlan,
  rolledBackFunctionsOf,
  rolledBackMarkdown,
  rolledBackText,
} from '../../../scripts/versions/rolled-back';

const NAME = 'http-crud-tutorial-items';
const ARN = `arn:aws:lambda:us-east-1:111122223333:function:${NAME}`;

const lambda = (version: string, name = NAME) => ({
  address: 'aws_lambda_function.function',
  type: 'aws_lambda_function',
  change: { actions: ['no-op'], before: { function_name: name, version }, after: { function_name: name, version } },
});
const alias = (
  live: string,
  after: object | null = { function_version: live },
  more: object = {},
  unknown: object = {},
) => ({
  address: 'aws_lambda_alias.function',
  type: 'aws_lambda_alias',
  change: {
    actions: ['update'],
    before: { name: 'live', function_name: NAME, function_version: live, ...more },
    after,
    after_unknown: unknown,
  },
});
const find = (...resources: readonly PlannedResource[]) =>
  rolledBackFunctionsOf('items', { resource_changes: resources });
const START = `items: live of ${NAME} is at version 6, and the newest version is 7. Causes: npm run rollback, an alarm that stopped a CodeDeploy deployment, or a deployment that was interrupted.`;

test.each<[string, readonly PlannedResource[]]>([
  ['the newest version', [lambda('7'), alias('7')]],
  ['the newest version, and a new one to come', [lambda('7'), alias('7', {}, {}, { function_version: true })]],
  ['an alias that the plan creates', [lambda('7'), { ...alias('6'), change: { actions: ['create'], after: {} } }]],
  ['an alias that the plan deletes', [lambda('7'), alias('6', null)]],
  ['another alias', [lambda('7'), alias('6', {}, { name: 'beta' })]],
  ['a function of another stack', [lambda('7', 'other'), alias('6')]],
])('says nothing of %s', (_, resources) => {
  expect(find(...resources)).toEqual([]);
});

test.each<[string, object, object, string]>([
  ['leaves the alias', { function_version: '6' }, {}, 'This plan leaves it there.'],
  [
    'moves the alias forward',
    { function_version: '7' },
    {},
    'This plan moves it to version 7: deploy it only if that version has no fault.',
  ],
  [
    'publishes a version',
    {},
    { function_version: true },
    'This plan moves it to a version that it publishes: deploy it only if the fault is fixed.',
  ],
])('says what a plan does that %s', (_, after, unknown, effect) => {
  expect(rolledBackText(find(lambda('7'), alias('6', after, {}, unknown)))).toBe(`${START} ${effect}\n`);
  expect(rolledBackText(find(lambda('7'), alias('6', after, { function_name: ARN }, unknown)))).toBe(
    `${START} ${effect}\n`,
  );
});

test('says that a deployment moves an alias with CodeDeploy, which no plan shows', () => {
  const group = {
    address: 'aws_codedeploy_deployment_group.function',
    type: 'aws_codedeploy_deployment_group',
    change: { actions: ['no-op'], after: { app_name: 'items-api', deployment_group_name: NAME } },
  };
  const found = find(lambda('7'), alias('6'), group);
  expect(rolledBackText(found)).toBe(
    `${START} npm run deploy moves it on with CodeDeploy: deploy only if the newest version has no fault.\n`,
  );
  expect([movesWithoutPlan(found), movesWithoutPlan(find(lambda('7'), alias('6')))]).toEqual([true, false]);
});

test('the Markdown is text that a summary accepts before the plans, however many functions there are', () => {
  const found = find(lambda('7'), alias('6'));
  const first = rolledBackMarkdown(Array.from({ length: 60 }, () => found).flat());
  expect(first).toContain('55 more');
  const moving = found.map((one) => ({ ...one, next: 'canary' as const }));
  const moves = rolledBackMarkdown(Array.from({ length: 60 }, () => moving).flat());
  for (const text of [first, moves])
    expect(() => summarize([], { first: text, key: createReviewKey('a'.repeat(64)) })).not.toThrow();
  expect(rolledBackMarkdown([])).toBe('');
  expect(rolledBackText([])).toBe('');
});
