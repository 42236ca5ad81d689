/** The CloudWatch metrics of an API's resources. Alarms and the dashboard use the same metrics. */
import type { HttpApi } from '../http-api';
import type { NodejsFunction } from '../nodejs-function';
import { RestApi } from '../rest-api';
import type { Table } from '../table';

export interface Metric {
  /** For example `AWS/Lambda`. */
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** `Sum`, `Maximum`, or a percentile such as `p99`. */
  readonly stat: string;
}

/** Period of all metrics, in seconds. */
export const PERIOD_SECONDS = 300;

/**
 * Returns the metrics of an API. HTTP APIs and REST APIs have different dimensions, and other names for errors (API Gateway
 * developer guide, "Monitor CloudWatch metrics for HTTP APIs", and "Amazon API Gateway dimensions and metrics").
 */
export function apiMetrics(api: HttpApi | RestApi) {
  const [dimensions, clientErrors, serverErrors] =
    api instanceof RestApi
      ? ([{ ApiName: api.resource.name, Stage: api.stage.stageName }, '4XXError', '5XXError'] as const)
      : ([{ ApiId: api.resource.id }, '4xx', '5xx'] as const);
  const metric = (name: string, stat = 'Sum'): Metric => ({ namespace: 'AWS/ApiGateway', name, dimensions, stat });
  return {
    requests: metric('Count'),
    clientErrors: metric(clientErrors),
    serverErrors: metric(serverErrors),
    latency: (percentile: string) => metric('Latency', percentile),
  };
}

/** Returns a metric of a function, for all its versions together. @example functionMetric(target, 'Errors', 'Sum') */
export function functionMetric(target: NodejsFunction, name: string, stat: string): Metric {
  return { namespace: 'AWS/Lambda', name, dimensions: { FunctionName: target.name }, stat };
}

/**
 * Returns a metric of a table.
 * @param operation for metrics that DynamoDB counts for each operation, such as `SystemErrors`
 */
export function tableMetric(table: Table, name: string, operation?: string): Metric {
  const dimensions = { TableName: table.name, ...(operation !== undefined && { Operation: operation }) };
  return { namespace: 'AWS/DynamoDB', name, dimensions, stat: 'Sum' };
}
