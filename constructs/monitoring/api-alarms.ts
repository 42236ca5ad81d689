/** The alarms of an API, its functions and its table. docs/operate.md has a runbook for each kind. */
import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import type { CrudApi } from '../crud-api';
import type { NodejsFunction } from '../nodejs-function';
import { type AlarmProps, createAlarm } from './alarm';
import { type AlarmKind, type AlarmNames, nameEnd } from './alarm-kinds';
import { apiMetrics, functionMetric, type Metric, PERIOD_SECONDS, tableMetric } from './metrics';
import { tableOperationsOf } from './table-operations';

/** An alarm starts above each threshold. A period has `periodSeconds`. */
export interface AlarmThresholds {
  /** Responses with a status of 500 or more, in percent of all. */
  readonly errorPercent: number;
  /** Latency in ms that 99 % of the requests reach at most. With fewer than 100 requests in a period, the slowest request counts. */
  readonly p99Ms: number;
  /** Failed invocations of a function in a period. */
  readonly functionErrors: number;
  /** Throttled invocations of a function, or throttled requests to a table, in a period. */
  readonly throttles: number;
  /** Requests that DynamoDB answers with an internal error, in a period. */
  readonly systemErrors: number;
  /** Periods above the threshold that start an alarm, of the last `periods + 1`. Functions' alarms start after one period. */
  readonly periods: number;
}

export interface ApiAlarmsProps {
  readonly api: CrudApi;
  /** Name of the API. The names of its alarms begin with it. */
  readonly apiName: string;
  readonly tableName: string;
  /** Start of the names of the table's alarms. Terraform replaces alarms whose names change. @default the name of the table */
  readonly tableAlarmsStart?: string;
  readonly thresholds: AlarmThresholds;
  /** Ends of names that replace the defaults, such as `5xx`. */
  readonly alarmNames: AlarmNames;
  /** URL of the page with the runbooks. */
  readonly runbooks: string;
  /** ARN of the topic that gets the alarms. */
  readonly topicArn: string;
  /** Period of the alarms' metrics, in seconds, but for the latency's, which is 300. @default 300 */
  readonly periodSeconds?: number | undefined;
}

/** CloudWatch's maximum for the metrics of an alarm (CloudWatch user guide, "CloudWatch quotas"). */
const MAX_METRICS = 10;

interface KindOfAlarm extends Omit<AlarmProps, 'name' | 'topicArn'> {
  /** The resource whose name begins the alarm's name. */
  readonly of: string;
  /** Ends the alarm's name, if one resource has several alarms of the kind. @default none */
  readonly number?: string;
}

export class ApiAlarms extends Construct {
  readonly alarms: readonly CloudwatchMetricAlarm[];
  private readonly functionAlarms: ReadonlyMap<NodejsFunction, readonly CloudwatchMetricAlarm[]>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ApiAlarmsProps,
  ) {
    super(scope, id);
    const apiAlarms = this.createApiAlarms();
    this.functionAlarms = new Map(
      props.api.allFunctions.map((target) => [target, this.createFunctionAlarms(target)] as const),
    );
    this.alarms = [...apiAlarms, ...[...this.functionAlarms.values()].flat(), ...this.createTableAlarms()];
  }

  /** Returns the alarms of a function, and those of the API and of the table. */
  alarmsOf(target: NodejsFunction): readonly CloudwatchMetricAlarm[] {
    const others = [...this.functionAlarms].filter(([other]) => other !== target).flatMap(([, alarms]) => alarms);
    return this.alarms.filter((alarm) => !others.includes(alarm));
  }

  private createApiAlarms(): CloudwatchMetricAlarm[] {
    const { api, apiName } = this.props;
    const { errorPercent, p99Ms, periods } = this.props.thresholds;
    const metrics = apiMetrics(api.api);
    return [
      this.create('api_5xx', 'server-errors', {
        of: apiName,
        description: `More than ${errorPercent} % of the responses of ${apiName} have a status of 500 or more.`,
        metrics: { errors: metrics.serverErrors, requests: metrics.requests },
        expression: '100 * errors / requests',
        threshold: errorPercent,
        periods,
      }),
      this.create('api_latency', 'latency', {
        of: apiName,
        description:
          `The p99 latency of ${apiName} is above ${p99Ms} ms: more than 1 % of the requests take longer, or, with fewer than 100 ` +
          'requests in a period, the slowest request.',
        metrics: { p99: metrics.latency('p99') },
        // In a minute, one cold start can be the p99 latency. It must not move a release back.
        periodSeconds: PERIOD_SECONDS,
        threshold: p99Ms,
        periods,
      }),
    ];
  }

  /**
   * The handler turns its own errors into responses. So an error of Lambda is a timeout, a crash, or a fault outside of the handler.
   */
  private createFunctionAlarms(target: NodejsFunction): CloudwatchMetricAlarm[] {
    const { name } = target.props;
    const { functionErrors, throttles } = this.props.thresholds;
    return [
      this.create(`${target.node.id}_errors`, 'function-errors', {
        of: name,
        description: `Invocations of ${name} failed: it timed out, crashed or did not start.`,
        metrics: { errors: functionMetric(target, 'Errors', 'Sum') },
        threshold: functionErrors,
      }),
      this.create(`${target.node.id}_throttles`, 'function-throttles', {
        of: name,
        description: `Lambda throttled invocations of ${name}: too many ran at the same time.`,
        metrics: { throttles: functionMetric(target, 'Throttles', 'Sum') },
        threshold: throttles,
      }),
    ];
  }

  private createTableAlarms(): CloudwatchMetricAlarm[] {
    const { tableName, tableAlarmsStart = tableName, thresholds } = this.props;
    return [
      ...this.createTableAlarm('dynamodb_system_errors', 'table-system-errors', 'SystemErrors', {
        of: tableAlarmsStart,
        description: `DynamoDB answered requests to ${tableName} with internal errors.`,
        threshold: thresholds.systemErrors,
      }),
      ...this.createTableAlarm('dynamodb_throttled_requests', 'table-throttles', 'ThrottledRequests', {
        of: tableAlarmsStart,
        description: `DynamoDB throttled requests to ${tableName}.`,
        threshold: thresholds.throttles,
      }),
    ];
  }

  /**
   * DynamoDB counts these metrics for each operation, so an alarm adds them. Creates none for a table without operations, and a second
   * alarm for more operations than an alarm can add.
   */
  private createTableAlarm(
    id: string,
    kind: AlarmKind,
    metric: string,
    { of, description, threshold }: Pick<KindOfAlarm, 'of' | 'description' | 'threshold'>,
  ): CloudwatchMetricAlarm[] {
    const { table, contract } = this.props.api;
    return groupsOf(MAX_METRICS, tableOperationsOf(contract)).map((operations, index) => {
      const metrics = operations.map((operation, position): [string, Metric] => [
        `operation${position}`,
        tableMetric(table, metric, operation),
      ]);
      const number = index === 0 ? '' : String(index + 1);
      return this.create(`${id}${number && `_${number}`}`, kind, {
        of,
        number,
        description,
        threshold,
        metrics: Object.fromEntries(metrics),
        // There are data of an operation only while it fails. An alarm on the metric itself would not end: for AWS/DynamoDB,
        // CloudWatch keeps the state while data are missing (CloudWatch user guide, "Configuring how alarms treat missing data").
        expression: 'SUM(FILL(METRICS(), 0))',
        periods: this.props.thresholds.periods,
      });
    });
  }

  private create(
    id: string,
    kind: AlarmKind,
    { of, number = '', description, ...props }: KindOfAlarm,
  ): CloudwatchMetricAlarm {
    const { runbooks, topicArn, alarmNames, periodSeconds } = this.props;
    return createAlarm(this, id, {
      ...props,
      name: `${of}-${nameEnd(kind, alarmNames)}${number && `-${number}`}`,
      description: `${description} Runbook: ${runbooks}#${kind}`,
      topicArn,
      periodSeconds: props.periodSeconds ?? periodSeconds,
    });
  }
}

function groupsOf<T>(size: number, list: readonly T[]): T[][] {
  const count = Math.ceil(list.length / size);
  return Array.from({ length: count }, (_, index) => list.slice(index * size, (index + 1) * size));
}
