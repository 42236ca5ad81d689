/** Stack `operations`: the budget of the account, and the alarms about drift. It belongs to no API. */
import type { Construct } from 'constructs';
import { AwsStack } from '../constructs/aws-stack';
import { AlarmTopic } from '../constructs/monitoring/alarm-topic';
import { Budget } from '../constructs/monitoring/budget';
import { DriftAlarms } from '../constructs/monitoring/drift-alarms';
import { keepState } from './keep-state';
import { DRIFT_METRIC, metricsNamespace, OPERATIONS_STACK, resourceName } from './names';
import { runbooksUrl } from './runbooks';
import type { Settings } from './settings';
import { PROJECT, tagsOf } from './tags';

/** Whether the app has the stack `operations`. */
export function hasOperations({ alarmEmail, monthlyBudgetUsd }: Settings): boolean {
  return alarmEmail !== '' || monthlyBudgetUsd > 0;
}

export class OperationsStack extends AwsStack {
  /** @param settings settings for which `hasOperations` is true */
  constructor(
    scope: Construct,
    private readonly settings: Settings,
  ) {
    super(scope, OPERATIONS_STACK, { region: settings.region, tags: tagsOf(settings) });
    keepState(this, settings);
    if (settings.monthlyBudgetUsd > 0) this.createBudget();
    if (settings.alarmEmail !== '') this.createDriftAlarms();
  }

  private createBudget(): void {
    const { settings } = this;
    new Budget(this, 'monthly', {
      name: resourceName(settings, PROJECT, 'monthly'),
      monthlyUsd: settings.monthlyBudgetUsd,
      email: settings.alarmEmail,
    });
  }

  private createDriftAlarms(): void {
    const { settings } = this;
    const { alarmEmail: email, alarmDriftHours: hours, alarmNames, githubRepository } = settings;
    const topic = new AlarmTopic(this, 'alarms', { name: resourceName(settings, PROJECT, 'alarms'), email });
    new DriftAlarms(this, 'drift-alarms', {
      name: resourceName(settings, PROJECT),
      metric: { namespace: metricsNamespace(settings), metricName: DRIFT_METRIC },
      ...{ hours, alarmNames },
      isScheduled: githubRepository !== '',
      runbooks: runbooksUrl(settings),
      topicArn: topic.arn,
    });
  }
}
