/** A CloudWatch dashboard of an API: its alarms, the metrics behind them, and the last faults in the log. */
import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { Construct } from 'constructs';
import type { CrudApi } from '../crud-api';
import { literal } from '../literal';
import { named } from '../named';
import { apiMetrics, functionMetric, type Metric, PERIOD_SECONDS, tableMetric } from './metrics';
import { tableOperationsOf } from './table-operations';

export interface DashboardProps {
  /** The dashboard's name: letters, digits, `-` and `_`. Unique in the account: dashboards have no region. */
  readonly name: string;
  readonly region: string;
  readonly api: CrudApi;
  /** ARNs of the alarms. */
  readonly alarmArns: readonly string[];
  /** Name of the API in the functions' log lines: the metrics' dimension `service`. */
  readonly service: string;
  readonly metricsNamespace: string;
  /** Latency above which an alarm starts, in ms. The graph shows it as a line. */
  readonly p99Ms: number;
}

/** Columns of a dashboard. */
const WIDTH = 24;

const GRAPH_HEIGHT = 6;

/** CloudWatch's maximum for a query of Logs Insights. */
const MAX_LOG_GROUPS = 50;

const FAULTS =
  'fields @timestamp, route, status, request_id, xray_trace_id, error.name, error.message | filter status >= 500';

/** CloudWatch replaces this by the route. Terraform reads `$${` as `${`. */
const ROUTE_LABEL = literal("${PROP('Dim.route')}");

interface Widget {
  readonly type: 'alarm' | 'metric' | 'log';
  readonly width: number;
  readonly height: number;
  readonly properties: object;
}

export class Dashboard extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: DashboardProps,
  ) {
    super(scope, id);
    const dashboard = new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: props.name,
      // Without positions, CloudWatch places the widgets in this order, from left to right.
      dashboardBody: JSON.stringify({ widgets: this.widgets() }),
    });
    named(dashboard, id);
  }

  private widgets(): Widget[] {
    const { api, alarmArns, p99Ms } = this.props;
    const { requests, clientErrors, serverErrors, latency } = apiMetrics(api.api);
    const functions = api.allFunctions;
    const ofFunctions = (name: string, stat: string) => functions.map((target) => functionMetric(target, name, stat));
    const ofOperations = (name: string) =>
      tableOperationsOf(api.contract).map((operation) => tableMetric(api.table, name, operation));
    return [
      { type: 'alarm', width: WIDTH, height: 3, properties: { title: 'Alarms', alarms: alarmArns } },
      this.graph('Requests', [requests, clientErrors, serverErrors]),
      this.graph('Latency in ms', [latency('p50'), latency('p99')], p99Ms),
      this.graph('Invocations', ofFunctions('Invocations', 'Sum')),
      this.graph('Function errors and throttles', [
        ...ofFunctions('Errors', 'Sum'),
        ...ofFunctions('Throttles', 'Sum'),
      ]),
      this.graph('Duration of invocations in ms, p99', ofFunctions('Duration', 'p99')),
      this.graph('Concurrent invocations', ofFunctions('ConcurrentExecutions', 'Maximum')),
      this.graph('Consumed units of the table', [
        tableMetric(api.table, 'ConsumedReadCapacityUnits'),
        tableMetric(api.table, 'ConsumedWriteCapacityUnits'),
      ]),
      this.graph('System errors and throttles of the table', [
        ...ofOperations('SystemErrors'),
        ...ofOperations('ThrottledRequests'),
      ]),
      this.routes('Latency of routes in ms, p99', 'Latency', 'p99'),
      this.routes('Faults of routes', 'Faults', 'Sum'),
      this.faults(functions.map(({ props }) => `/aws/lambda/${props.name}`)),
    ];
  }

  private graph(title: string, metrics: readonly Metric[], limit?: number): Widget {
    return this.metricWidget(title, {
      metrics: metrics.map(({ namespace, name, dimensions, stat }) => [
        namespace,
        name,
        ...Object.entries(dimensions).flat(),
        { stat },
      ]),
      ...(limit !== undefined && { annotations: { horizontal: [{ label: 'alarm', value: limit }] } }),
    });
  }

  /** Makes a graph with a line for each route, from the metrics in the log lines. */
  private routes(title: string, metric: string, stat: string): Widget {
    const { metricsNamespace, service } = this.props;
    const search = `{"${metricsNamespace}",route,service} service="${service}" MetricName="${metric}"`;
    const expression = `SEARCH('${search}', '${stat}', ${PERIOD_SECONDS})`;
    return this.metricWidget(title, { metrics: [[{ expression, label: ROUTE_LABEL }]] });
  }

  private metricWidget(title: string, properties: object): Widget {
    const { region } = this.props;
    return {
      type: 'metric',
      width: WIDTH / 2,
      height: GRAPH_HEIGHT,
      properties: { title, region, period: PERIOD_SECONDS, ...properties },
    };
  }

  private faults(logGroups: readonly string[]): Widget {
    const sources = logGroups.slice(0, MAX_LOG_GROUPS).map((name) => `SOURCE '${name}'`);
    const query = [...sources, FAULTS, 'sort @timestamp desc', 'limit 20'].join(' | ');
    const properties = { title: 'Last faults', region: this.props.region, view: 'table', query };
    return { type: 'log', width: WIDTH, height: GRAPH_HEIGHT, properties };
  }
}
