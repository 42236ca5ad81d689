/** Formats of access log lines: JSON of context variables (API Gateway developer guide, "Variables for access logging"). */

/** Fields of both kinds of API. `integrationRequestId` is Lambda's request id, which the function's log lines contain. */
const COMMON = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  protocol: '$context.protocol',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integration.latency',
  integrationRequestId: '$context.integration.requestId',
  integrationStatus: '$context.integration.integrationStatus',
  error: '$context.error.message',
};

export const httpAccessLogFormat = JSON.stringify({
  ...COMMON,
  route: '$context.routeKey',
  integrationError: '$context.integrationErrorMessage',
});

/**
 * Leaves out `$context.identity.apiKey`, which is secret. `extendedRequestId` is the response header `x-amz-apigw-id`. An HTTP API has
 * only one id, the header `apigw-requestid`, and no traces.
 */
export const restAccessLogFormat = JSON.stringify({
  ...COMMON,
  extendedRequestId: '$context.extendedRequestId',
  xrayTraceId: '$context.xrayTraceId',
  resource: '$context.resourcePath',
  integrationError: '$context.integration.error',
  apiKeyId: '$context.identity.apiKeyId',
});
