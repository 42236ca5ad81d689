/** Which functions CodeDeploy moves after an apply, and what the summary says of them. */
import { createReviewKey, parsePlan, summarize } from 'plan-review';
import { shiftsMarkdown, shiftsText } from '../../../scripts/canary/announcement';
import { plannedShiftsOf } from '../../../scripts/canary/planned-shifts';

const change = (type: string, after: object | null, unknown: object = {}, actions = ['no-op']) => ({
  address: `${type}.function`,
  type,
  change: { actions, after, after_unknown: unknown },
});
const group = (name = 'orders-function') =>
  change('aws_codedeploy_deployment_group', {
    app_name: 'orders-api',
    deployment_group_name: name,
    deployment_config_name: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
  });
const alias = (version: string, values: object = {}) =>
  change('aws_lambda_alias', {
    name: 'live',
    function_name: 'orders-function',
    function_version: version,
    ...values,
  });
const target = (version: string) => change('aws_lambda_function', { function_name: 'orders-function', version });
const updated = change(
  'aws_lambda_function',
  { function_name: 'orders-function' },
  { version: true, qualified_arn: true },
  ['update'],
);
const shifts = (...resources: ReturnType<typeof change>[]) =>
  plannedShiftsOf('orders', { resource_changes: resources });

test('a function whose new version the apply publishes', () => {
  const [shift, ...others] = shifts(group(), alias('3'), updated);
  expect(others).toEqual([]);
  expect(shift).toEqual({
    stack: 'orders',
    application: 'orders-api',
    functionName: 'orders-function',
    config: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    live: '3',
  });
  expect(shiftsText(shifts(group(), alias('3'), updated))).toBe(
    'orders: after the apply, CodeDeploy moves live of orders-function from version 3 to the new version: 10 % of the requests for 5 minutes, ' +
      'then all. If an alarm starts, CodeDeploy moves it back.\n',
  );
});

test.each([
  ['whose alias has the newest version', [group(), alias('5'), target('5')]],
  ['without a deployment group', [alias('3'), updated]],
  [
    'whose deployment group is deleted',
    [{ ...group(), change: { actions: ['delete'], after: null, after_unknown: {} } }, alias('3'), updated],
  ],
  [
    'whose alias is new',
    [
      group(),
      change('aws_lambda_alias', { name: 'live', function_name: 'orders-function' }, { function_version: true }, [
        'create',
      ]),
      updated,
    ],
  ],
  ['with another alias', [group(), alias('3', { name: 'beta' }), updated]],
  ['of another group', [group('orders-list'), alias('3'), updated]],
])('not a function %s', (_, resources) => {
  expect(shifts(...resources)).toEqual([]);
});

test('a summary accepts the text before the plans, also of many functions with long names', () => {
  const [shift] = shifts(group(), alias('3'), updated);
  if (!shift) throw new Error('The plan has no shift.');
  const many = Array.from({ length: 40 }, (_, index) => ({ ...shift, functionName: `a_${index}`.padEnd(64, '*x') }));
  const text = shiftsMarkdown(many);
  expect(text).toContain('30 more; npm run plan lists them.');
  const plan = parsePlan({ format_version: '1.2', resource_changes: [] }, 'plan.json', 'orders');
  expect(summarize([plan], { first: text, key: createReviewKey('1'.repeat(64)) })).toContain(text.trim());
  expect(shiftsMarkdown([])).toBe('');
});
