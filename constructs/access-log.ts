/** Formats of access log lines, as JSON (API Gateway developer guide, "Variables for access logging"). */

/** `integrationRequestId` is Lambda's request id, which its log lines carry. */
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

/** Leaves out `$context.identity.apiKey`: keys are secret. */
export const restAccessLogFormat = JSON.stringify({
  ...COMMON,
  resource: '$context.resourcePath',
  integrationError: '$context.integration.error',
  apiKeyId: '$context.identity.apiKeyId',
});
