/** The stack `operations`: the budget of the account. */
import { readSettings } from '../../stacks/settings';
import { addresses, synthOperations } from '../support/synth';

const SETTINGS = { monthlyBudgetUsd: 50, alarmEmail: 'ops@example.com' };

const budgetOf = (settings: object) =>
  synthOperations({ ...SETTINGS, ...settings }).resource['aws_budgets_budget']?.['monthly'] as {
    readonly name: string;
    readonly notification: readonly Readonly<Record<string, unknown>>[];
  };

test('has a budget of a month in US dollars, which sends mails at 80 %, at 100 %, and when AWS expects 100 %', () => {
  const budget = budgetOf({});
  expect(addresses(synthOperations(SETTINGS))).toEqual(['aws_budgets_budget.monthly']);
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

test('refuses a budget without an address', () => {
  expect(() => readSettings({ monthlyBudgetUsd: 50 }, {})).toThrow(
    'alarmEmail is empty, but monthlyBudgetUsd is 50; set the address that gets the mails of the budget.',
  );
});
