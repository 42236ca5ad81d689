/**
 * Alarms about drift: the deployed resources differ from the main branch, or nobody checks that. `npm run drift-metric` writes their
 * metric after each drift check.
 */
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { literal } from '../literal';
import { named } from '../named';
import { type AlarmNames, nameEnd } from './alarm-kinds';

export interface DriftAlarmsProps {
  /** Start of the alarms' names, unique in the account and region. */
  readonly name: string;
  /** The metric: hours since a check first found the drift, and 0 without drift. It has no dimensions. */
  readonly metric: { readonly namespace: string; readonly metricName: string };
  /** Age of a drift that starts the alarm, in hours. */
  readonly hours: number;
  /** Whether a check runs every night. Then a second alarm starts when there is no check for two days. */
  readonly isScheduled: boolean;
  /** Ends of names that replace the defaults `drift` and `drift-check`. */
  readonly alarmNames: AlarmNames;
  /** URL of the page with the runbooks. */
  readonly runbooks: string;
  /** ARN of the topic that gets the alarms. */
  readonly topicArn: string;
}

/** What the two alarms do not have in common. */
type Condition = Pick<
  CloudwatchMetricAlarmConfig,
  'statistic' | 'period' | 'evaluationPeriods' | 'comparisonOperator' | 'threshold' | 'treatMissingData'
>;

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

export class DriftAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: DriftAlarmsProps,
  ) {
    super(scope, id);
    const { hours, isScheduled } = props;
    this.create('drift', `The deployed resources have differed from the main branch for ${hours} hours or more.`, {
      statistic: 'Maximum',
      period: HOUR_SECONDS,
      evaluationPeriods: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      threshold: hours,
      // Between two checks there are no data: the alarm keeps the result of the last check.
      treatMissingData: 'ignore',
    });
    if (!isScheduled) return;
    this.create('drift-check', 'No drift check has ended for two days, so a drift would stay unknown.', {
      statistic: 'SampleCount',
      period: DAY_SECONDS,
      evaluationPeriods: 2,
      comparisonOperator: 'LessThanThreshold',
      threshold: 1,
      treatMissingData: 'breaching',
    });
  }

  private create(kind: 'drift' | 'drift-check', description: string, condition: Condition): void {
    const { name, metric, runbooks, topicArn, alarmNames } = this.props;
    const alarm = new CloudwatchMetricAlarm(this, kind, {
      alarmName: `${name}-${nameEnd(kind, alarmNames)}`,
      alarmDescription: literal(`${description} Runbook: ${runbooks}#${kind}`),
      ...metric,
      ...condition,
      alarmActions: [topicArn],
      okActions: [topicArn],
    });
    named(alarm, kind.replace('-', '_'));
  }
}
