/** A CloudWatch alarm that writes to a topic when it starts and when it ends. */
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Construct } from 'constructs';
import { literal } from '../literal';
import { named } from '../named';
import { type Metric, PERIOD_SECONDS } from './metrics';

export interface AlarmProps {
  /** The alarm's name, unique in the account and region, at most 255 characters. */
  readonly name: string;
  /** The mail contains this text. It says what is wrong, and links to the runbook. */
  readonly description: string;
  /** The metrics by the ids that the expression uses. Without an expression, one metric. CloudWatch allows 10. */
  readonly metrics: Readonly<Record<string, Metric>>;
  /** Metric math. @default the only metric @example '100 * errors / requests' */
  readonly expression?: string;
  /** The alarm starts above this value. */
  readonly threshold: number;
  /**
   * Periods above the threshold that start the alarm, of the last `periods + 1`, so that a single fault sends no mail.
   * @default one period starts the alarm immediately
   */
  readonly periods?: number;
  readonly topicArn: string;
  /** Period of the metrics, in seconds. @default 300 */
  readonly periodSeconds?: number | undefined;
}

/** Creates the alarm. @param name the Terraform name: `aws_cloudwatch_metric_alarm.<name>` */
export function createAlarm(scope: Construct, name: string, props: AlarmProps): CloudwatchMetricAlarm {
  const { expression, periods, periodSeconds = PERIOD_SECONDS } = props;
  const alarm = new CloudwatchMetricAlarm(scope, name, {
    alarmName: props.name,
    alarmDescription: literal(props.description),
    metricQuery: [
      ...(expression === undefined ? [] : [{ id: 'result', expression, label: props.name, returnData: true }]),
      ...Object.entries(props.metrics).map(([id, metric]) => ({
        id,
        returnData: expression === undefined,
        metric: {
          namespace: metric.namespace,
          metricName: metric.name,
          dimensions: { ...metric.dimensions },
          stat: metric.stat,
          period: periodSeconds,
        },
      })),
    ],
    comparisonOperator: 'GreaterThanThreshold',
    threshold: props.threshold,
    evaluationPeriods: periods === undefined ? 1 : periods + 1,
    datapointsToAlarm: periods ?? 1,
    // Without requests there are no data.
    treatMissingData: 'notBreaching',
    alarmActions: [props.topicArn],
    okActions: [props.topicArn],
  });
  return named(alarm, name);
}
