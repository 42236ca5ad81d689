/** The context variables that can be identity sources of Lambda authorizers. */
import { ACCOUNT_ID } from '../../../model/account';
import type { HttpApiDeployment } from '../../../model/deployment';
import { type GatewayRequest, headerValue } from '../request';

/** Developer guide, "Customizing HTTP API access logs". */
export const HTTP_CONTEXT_VARIABLES = [
  ...['accountId', 'apiId', 'domainName', 'domainPrefix', 'httpMethod', 'path', 'protocol', 'requestId', 'routeKey'],
  ...['stage', 'identity.sourceIp', 'identity.userAgent'],
];

/** Variables of `requestContext` in a REST API's event. */
export const REST_CONTEXT_VARIABLES = [
  ...['accountId', 'apiId', 'domainName', 'domainPrefix', 'httpMethod', 'identity.sourceIp', 'identity.userAgent'],
  ...['path', 'protocol', 'requestId', 'resourceId', 'resourcePath', 'stage'],
];

interface MatchedRoute {
  readonly routeKey: string;
  readonly path: string;
}

/** @returns the values of HTTP_CONTEXT_VARIABLES */
export function httpContextVariables(
  { method, protocol, rawHeaders, requestId, sourceIp }: GatewayRequest,
  { id, stage, account = ACCOUNT_ID }: Pick<HttpApiDeployment, 'id' | 'stage' | 'account'>,
  { routeKey, path }: MatchedRoute,
): Readonly<Record<string, unknown>> {
  const domainName = headerValue(rawHeaders, 'host') ?? '';
  return {
    ...{ accountId: account, apiId: id, domainName, domainPrefix: domainName.split('.')[0], httpMethod: method },
    ...{ path, protocol, requestId, routeKey, stage },
    identity: { sourceIp, userAgent: headerValue(rawHeaders, 'user-agent') ?? '' },
  };
}
