/** Stack `operations`: the budget of the account. It belongs to no API. */
import type { Construct } from 'constructs';
import { AwsStack } from '../constructs/aws-stack';
import { Budget } from '../constructs/monitoring/budget';
import { keepState } from './keep-state';
import { resourceName } from './names';
import type { Settings } from './settings';
import { PROJECT, tagsOf } from './tags';

export class OperationsStack extends AwsStack {
  /** @param settings settings with a `monthlyBudgetUsd` above 0 */
  constructor(scope: Construct, settings: Settings) {
    super(scope, 'operations', { region: settings.region, tags: tagsOf(settings) });
    keepState(this, settings);
    new Budget(this, 'monthly', {
      name: resourceName(settings, PROJECT, 'monthly'),
      monthlyUsd: settings.monthlyBudgetUsd,
      email: settings.alarmEmail,
    });
  }
}
