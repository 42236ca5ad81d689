/**
 * Adds metrics to the log line of a request, in the embedded metric format: CloudWatch Logs extracts them from the line, without
 * a call of the function (CloudWatch user guide, "Specification: Embedded metric format").
 */
import type { Variable } from './variables';

const NAMESPACE = process.env['METRICS_NAMESPACE' satisfies Variable];

/**
 * Returns the metrics as members of the log line: the latency in ms, 1 for the class of the status (`2xx`), and `Faults`. `Faults` is 1
 * for a status of 500 or more, and otherwise 0, so its average is the share of faults. The logger writes the dimension `service`, and
 * `runLogged` writes `route`.
 * @returns no members without a namespace
 */
export function metricsOf(status: number, latencyMs: number): Readonly<Record<string, unknown>> {
  if (!NAMESPACE) return {};
  const values = { Latency: latencyMs, Faults: status < 500 ? 0 : 1, [`${String(status)[0]}xx`]: 1 };
  const metrics = Object.keys(values).map((Name) => ({ Name }));
  const directive = { Namespace: NAMESPACE, Dimensions: [['service', 'route']], Metrics: metrics };
  return { ...values, _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] } };
}
