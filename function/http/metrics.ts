/**
 * Adds metrics to the log line of a request, in the embedded metric format: CloudWatch Logs extracts them from the line, without
 * a call of the function (CloudWatch user guide, "Specification: Embedded metric format").
 */

/** The namespace of the metrics. Without it, the functions write no metrics. */
const NAMESPACE = process.env['METRICS_NAMESPACE'];

/** Members of the log line. The logger writes `service`, and `runLogged` writes `route`. */
const DIMENSIONS = [['service', 'route']];

/**
 * Returns the metrics as members of the log line: the latency, 1 for the class of the status (`2xx`), and `Faults`, which is 1 for a
 * status of 500 or more and otherwise 0. The average of `Faults` is the share of faults.
 * @returns no members without a namespace
 */
export function metricsOf(status: number, latencyMs: number): Readonly<Record<string, unknown>> {
  if (!NAMESPACE) return {};
  const statusClass = `${Math.floor(status / 100)}xx`;
  return {
    Latency: latencyMs,
    Faults: status >= 500 ? 1 : 0,
    [statusClass]: 1,
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: NAMESPACE,
          Dimensions: DIMENSIONS,
          Metrics: [
            { Name: 'Latency', Unit: 'Milliseconds' },
            { Name: 'Faults', Unit: 'Count' },
            { Name: statusClass, Unit: 'Count' },
          ],
        },
      ],
    },
  };
}
