/** The stack `operations`: the budget of the account, and the alarms about drift. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { hasOperations } from '../../stacks/operations-stack';
import { readSettings } from '../../stacks/settings';
import { ROOT } from '../support/local-run';
import { addresses, synthOperations } from '../support/synth';

const SETTINGS = { monthlyBudgetUsd: 50, alarmEmail: 'ops@example.com' };

const budgetOf = (settings: object) =>
  synthOperations({ ...SETTINGS, ...settings }).resource['aws_budgets_budget']?.['monthly'] as {
    readonly name: string;
    readonly notification: readonly Readonly<Record<string, unknown>>[];
  };

test('has a budget of a month in US dollars, which sends mails at 80 %, at 100 %, and when AWS expects 100 %', () => {
  const budget = budgetOf({});
  expect(budget).toMatchObject({ budget_type: 'COST', time_unit: 'MONTHLY', limit_amount: '50', limit_unit: 'USD' });
  expect(budget.notification.map((mail) => [mail['notification_type'], mail['threshold']])).toEqual([
    ['ACTUAL', 80],
    ['ACTUAL', 100],
    ['FORECASTED', 100],
  ]);
  for (const mail of budget.notification) expect(mail['subscriber_email_addresses']).toEqual(['ops@example.com']);
});

test('the name of the budget begins with the prefix and contains the environment', () => {
  expect(budgetOf({}).name).toBe('cdktf-serverless-crud-monthly');
  expect(budgetOf({ namePrefix: 'acme', environment: 'staging' }).name).toBe(
    'acme-cdktf-serverless-crud-staging-monthly',
  );
});

const REPOSITORY = { githubRepository: 'acme/crud', namePrefix: 'acme' };

const alarmsOf = (settings: object) =>
  (synthOperations({ alarmEmail: 'ops@example.com', ...settings }).resource['aws_cloudwatch_metric_alarm'] ??
    {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;

test.each([
  [{}, false],
  [{ alarmEmail: 'ops@example.com' }, true],
  [SETTINGS, true],
])('with the settings %j, an app has the stack: %s', (settings, has) => {
  expect(hasOperations(readSettings(settings, {}))).toBe(has);
});

test('has a budget only with monthlyBudgetUsd, and the alarm drift-check only with a repository that runs the check', () => {
  const alarms = ['aws_cloudwatch_metric_alarm.drift', 'aws_sns_topic.alarms', 'aws_sns_topic_subscription.alarms'];
  expect(addresses(synthOperations({ alarmEmail: 'ops@example.com' }))).toEqual(alarms);
  expect(addresses(synthOperations(SETTINGS))).toEqual(['aws_budgets_budget.monthly', ...alarms]);
  expect(addresses(synthOperations({ ...SETTINGS, ...REPOSITORY }))).toContain(
    'aws_cloudwatch_metric_alarm.drift_check',
  );
});

test('the alarm drift starts when the metric is at least alarmDriftHours, and keeps its state between two checks', () => {
  expect(alarmsOf({})['drift']).toMatchObject({
    alarm_name: 'cdktf-serverless-crud-drift',
    namespace: 'cdktf-serverless-crud',
    metric_name: 'DriftAgeHours',
    statistic: 'Maximum',
    comparison_operator: 'GreaterThanOrEqualToThreshold',
    threshold: 24,
    evaluation_periods: 1,
    treat_missing_data: 'ignore',
    alarm_actions: ['${aws_sns_topic.alarms.arn}'],
    ok_actions: ['${aws_sns_topic.alarms.arn}'],
  });
  expect(alarmsOf({ alarmDriftHours: 48 })['drift']?.['threshold']).toBe(48);
});

test('the alarm drift-check starts when no check has written the metric for two days', () => {
  expect(alarmsOf(REPOSITORY)['drift_check']).toMatchObject({
    alarm_name: 'acme-cdktf-serverless-crud-drift-check',
    statistic: 'SampleCount',
    comparison_operator: 'LessThanThreshold',
    threshold: 1,
    period: 86_400,
    evaluation_periods: 2,
    treat_missing_data: 'breaching',
  });
});

test('each alarm links to a section of docs/operate.md', () => {
  const page = readFileSync(path.join(ROOT, 'docs/operate.md'), 'utf8').toLowerCase();
  const alarms = Object.values(alarmsOf(REPOSITORY));
  expect(alarms).toHaveLength(2);
  for (const { alarm_description: text } of alarms) {
    const [, anchor = '?'] = / Runbook: https:\S+operate\.md#([a-z-]+)$/.exec(String(text)) ?? [];
    expect(page).toContain(`\n### ${anchor.replace('-', ' ')}\n`);
  }
});
