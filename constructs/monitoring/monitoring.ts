/** Watches an API: a topic with a mail subscription, alarms, and a dashboard. */
import { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic';
import { ApiAlarms, type ApiAlarmsProps } from './api-alarms';
import { Dashboard } from './dashboard';

export interface MonitoringProps extends Omit<ApiAlarmsProps, 'topicArn'> {
  /** Name of the topic. */
  readonly topicName: string;
  /** Name of the dashboard, unique in the account. */
  readonly dashboardName: string;
  readonly region: string;
  /** Name of the API in the functions' log lines. */
  readonly service: string;
  /** CloudWatch namespace of the metrics in the functions' log lines. */
  readonly metricsNamespace: string;
  /** Address that gets a mail when an alarm starts or ends. */
  readonly email: string;
  /** ARN of the customer managed key that encrypts the messages of the topic. @default none */
  readonly keyArn?: string | undefined;
}

export class Monitoring extends Construct {
  readonly apiAlarms: ApiAlarms;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { topicName, email, keyArn, dashboardName, region, api, service, metricsNamespace } = props;
    const topic = new AlarmTopic(this, 'alarms', { name: topicName, email, keyArn });
    this.apiAlarms = new ApiAlarms(this, 'api-alarms', { ...props, topicArn: topic.arn });
    new Dashboard(this, 'dashboard', {
      name: dashboardName,
      alarmArns: this.apiAlarms.alarms.map(({ arn }) => arn),
      p99Ms: props.thresholds.p99Ms,
      ...{ region, api, service, metricsNamespace },
    });
  }
}
