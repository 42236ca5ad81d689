/** The events that an HTTP API sends to the function of a Lambda authorizer. */
import { ACCOUNT_ID } from '../../../model/account';
import type { HttpApiDeployment } from '../../../model/deployment';
import { withoutBody } from '../lambda-authorizer/without-body';
import type { GatewayRequest } from '../request';
import { lastValues, parseQuery, readHeaders } from '../rest-api/event';
import { httpApiEvent, type RoutedRequest, withStage } from './event';

interface AuthorizerFields {
  /** The ARN of the requested method. */
  readonly methodArn: string;
  /** The values of the identity sources. */
  readonly identity: readonly string[];
}

/** Payload format 2.0: the event of the route without its body (recorded: Powertools for AWS Lambda, apigw-http/authorizer-request.json). */
export function authorizerEventV2(
  request: GatewayRequest,
  api: HttpApiDeployment,
  routed: RoutedRequest,
  { methodArn, identity }: AuthorizerFields,
): object {
  const { version, ...event } = withoutBody(httpApiEvent(request, api, routed));
  return {
    version,
    type: 'REQUEST',
    routeArn: methodArn,
    ...(identity.length > 0 && { identitySource: identity }),
    ...event,
  };
}

/** Payload format 1.0, which resembles the event of a REST API. */
export function authorizerEventV1(
  request: GatewayRequest,
  api: HttpApiDeployment,
  { routeKey, path, pathParameters }: RoutedRequest,
  { methodArn, identity }: AuthorizerFields,
): object {
  const headers = lastValues(readHeaders(request));
  const resource = routeKey.split(' ').at(-1);
  const stagePath = withStage(path, api.stage);
  const identitySource = identity.join(',');
  return {
    version: '1.0',
    type: 'REQUEST',
    methodArn,
    ...(identity.length > 0 && { identitySource, authorizationToken: identitySource }),
    resource,
    path: stagePath,
    httpMethod: request.method,
    headers,
    queryStringParameters: lastValues(parseQuery(request.rawQuery) ?? {}),
    pathParameters,
    stageVariables: api.stageVariables ?? {},
    requestContext: {
      path: stagePath,
      accountId: api.account ?? ACCOUNT_ID,
      resourceId: routeKey,
      stage: api.stage,
      requestId: request.requestId,
      identity: { sourceIp: request.sourceIp, userAgent: headers['User-Agent'] ?? null },
      resourcePath: resource,
      httpMethod: request.method,
      apiId: api.id,
    },
  };
}
