/** One access log line a request, as JSON. */

/**
 * API Gateway's access log variables (developer guide, "Customize HTTP API access logs").
 * `integrationRequestId` is Lambda's request id, which its log lines carry.
 */
export const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  protocol: '$context.protocol',
  method: '$context.httpMethod',
  route: '$context.routeKey',
  path: '$context.path',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  integrationRequestId: '$context.integration.requestId',
  integrationStatus: '$context.integration.integrationStatus',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
});
