/** The alarms of an API, its functions and its table. docs/operate.md has a runbook for each kind. */
import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import type { CrudApi } from '../crud-api';
import type { NodejsFunction } from '../nodejs-function';
import { type AlarmProps, createAlarm } from './alarm';
import { apiMetrics, functionMetric, type Metric, tableMetric } from './metrics';

export interface ApiAlarmsProps {
  readonly api: CrudApi;
  /** Name of the API. The names of its alarms begin with it. */
  readonly apiName: string;
  /** Name of the table. The names of its alarms begin with it. */
  readonly tableName: string;
  /** Responses with a status of 500 or more that start an alarm, in percent of all. */
  readonly errorPercent: number;
  /** Latency that starts an alarm when more than 1 % of the requests take longer, in ms. */
  readonly p99Ms: number;
  /** URL of the page with the runbooks. */
  readonly runbooks: string;
  /** ARN of the topic that gets the alarms. */
  readonly topicArn: string;
}

export class ApiAlarms extends Construct {
  readonly alarms: readonly CloudwatchMetricAlarm[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ApiAlarmsProps,
  ) {
    super(scope, id);
    this.alarms = [
      ...this.createApiAlarms(),
      ...props.api.allFunctions.flatMap((target) => this.createFunctionAlarms(target)),
      ...this.createTableAlarms(),
    ];
  }

  private createApiAlarms(): CloudwatchMetricAlarm[] {
    const { api, apiName, errorPercent, p99Ms } = this.props;
    const metrics = apiMetrics(api.api);
    return [
      this.create('api_5xx', 'server-errors', {
        name: `${apiName}-5xx`,
        description: `More than ${errorPercent} % of the responses of ${apiName} have a status of 500 or more.`,
        metrics: { errors: metrics.serverErrors, requests: metrics.requests },
        expression: '100 * errors / requests',
        threshold: errorPercent,
      }),
      this.create('api_latency', 'latency', {
        name: `${apiName}-latency`,
        description: `More than 1 % of the requests to ${apiName} take longer than ${p99Ms} ms.`,
        metrics: { p99: metrics.latency('p99') },
        threshold: p99Ms,
      }),
    ];
  }

  /** A function answers also when it fails. An error of Lambda is a timeout, a crash, or a fault outside of the handler. */
  private createFunctionAlarms(target: NodejsFunction): CloudwatchMetricAlarm[] {
    const { name } = target.props;
    return [
      this.create(`${target.node.id}_errors`, 'function-errors', {
        name: `${name}-errors`,
        description: `Invocations of ${name} failed: it timed out, crashed or did not start.`,
        metrics: { errors: functionMetric(target, 'Errors', 'Sum') },
        threshold: 0,
        immediate: true,
      }),
      this.create(`${target.node.id}_throttles`, 'function-throttles', {
        name: `${name}-throttles`,
        description: `Lambda throttled invocations of ${name}: too many ran at the same time.`,
        metrics: { throttles: functionMetric(target, 'Throttles', 'Sum') },
        threshold: 0,
        immediate: true,
      }),
    ];
  }

  private createTableAlarms(): CloudwatchMetricAlarm[] {
    const { tableName } = this.props;
    return [
      ...this.createTableAlarm('dynamodb_system_errors', 'table-system-errors', 'SystemErrors', {
        name: `${tableName}-system-errors`,
        description: `DynamoDB answered requests to ${tableName} with internal errors.`,
      }),
      ...this.createTableAlarm('dynamodb_throttled_requests', 'table-throttles', 'ThrottledRequests', {
        name: `${tableName}-throttles`,
        description: `DynamoDB throttled requests to ${tableName}.`,
      }),
    ];
  }

  /** DynamoDB counts these metrics for each operation, so the alarm adds them. Creates none for a table without operations. */
  private createTableAlarm(
    id: string,
    runbook: string,
    metric: string,
    texts: Pick<AlarmProps, 'name' | 'description'>,
  ): CloudwatchMetricAlarm[] {
    const { table, tableOperations } = this.props.api;
    if (tableOperations.length === 0) return [];
    const metrics = tableOperations.map((operation, index): [string, Metric] => [
      `operation${index}`,
      tableMetric(table, metric, operation),
    ]);
    return [
      this.create(id, runbook, {
        ...texts,
        metrics: Object.fromEntries(metrics),
        // There are data of an operation only while it fails. An alarm on the metric itself would not end: for AWS/DynamoDB,
        // CloudWatch keeps the state while data are missing (CloudWatch user guide, "Configuring how alarms treat missing data").
        expression: 'SUM(FILL(METRICS(), 0))',
        threshold: 0,
      }),
    ];
  }

  private create(
    id: string,
    runbook: string,
    { description, ...props }: Omit<AlarmProps, 'topicArn'>,
  ): CloudwatchMetricAlarm {
    const { runbooks, topicArn } = this.props;
    return createAlarm(this, id, {
      ...props,
      description: `${description} Runbook: ${runbooks}#${runbook}`,
      topicArn,
    });
  }
}
