/** A monthly budget of the whole account, which sends mails. It does not stop anything. */
import { BudgetsBudget } from '@cdktf/provider-aws/lib/budgets-budget';
import { Construct } from 'constructs';
import { literal } from '../literal';
import { named } from '../named';

export interface BudgetProps {
  /** The budget's name, unique in the account. */
  readonly name: string;
  /** Limit of a month, in US dollars. */
  readonly monthlyUsd: number;
  /** Address that gets the mails. */
  readonly email: string;
}

/** Percent of the limit that send a mail: the cost until now, and the cost that AWS expects for the month. */
const MAILS = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'ACTUAL', threshold: 100 },
  { notificationType: 'FORECASTED', threshold: 100 },
];

export class Budget extends Construct {
  constructor(scope: Construct, id: string, { name, monthlyUsd, email }: BudgetProps) {
    super(scope, id);
    const budget = new BudgetsBudget(this, 'budget', {
      name,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      limitAmount: String(monthlyUsd),
      limitUnit: 'USD',
      notification: MAILS.map((mail) => ({
        ...mail,
        thresholdType: 'PERCENTAGE',
        comparisonOperator: 'GREATER_THAN',
        subscriberEmailAddresses: [literal(email)],
      })),
    });
    named(budget, id);
  }
}
