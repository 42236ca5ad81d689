/**
 * The event that an HTTP API sends to a function: payload format 1.0 (API Gateway developer guide, "Lambda proxy integrations";
 * field names and null values as in events recorded from AWS).
 */
import { ACCOUNT_ID } from '../../../model/account';
import type { HttpApiDeployment } from '../../../model/deployment';
import { commonLogTime } from '../common-log-time';
import { forwardedHeaders } from '../forwarded';
import { type GatewayRequest, headerPairs, HOP_BY_HOP } from '../request';
import { lastValues, parseQuery } from '../rest-api/event';
import { encodeBody, type RoutedRequest, withStage } from './event';

type Values = Record<string, string[]>;

/** Headers that arrive in this case. All other names arrive in lower case. */
const CANONICAL_NAMES = new Map(
  [
    ...['Content-Length', 'Host', 'User-Agent', 'X-Amzn-Trace-Id'],
    ...['X-Forwarded-For', 'X-Forwarded-Port', 'X-Forwarded-Proto'],
  ].map((name) => [name.toLowerCase(), name] as const),
);

/** What the authorizer of a route adds to `requestContext.authorizer` of payload format 2.0. */
interface Authorizer {
  readonly jwt?: { readonly claims: object; readonly scopes: readonly string[] | null };
  readonly lambda?: object | null;
  readonly iam?: {
    readonly accessKey: string;
    readonly accountId: string;
    readonly callerId: string;
    readonly userArn: string;
    readonly userId: string;
  };
}

/** Converts a request into an event. Absent values are null. */
export function httpApiEventV1(
  request: GatewayRequest,
  api: HttpApiDeployment,
  { routeKey, path, pathParameters, authorizer }: RoutedRequest,
): Record<string, unknown> {
  const headers = readHeaders(request);
  const query = parseQuery(request.rawQuery);
  const resource = routeKey.split(' ').at(-1);
  const stagePath = withStage(path, api.stage);
  const host = headers['Host']?.[0] ?? '';
  return {
    version: '1.0',
    resource,
    path: stagePath,
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: headers,
    queryStringParameters: query && lastValues(query),
    multiValueQueryStringParameters: query,
    requestContext: {
      accountId: api.account ?? ACCOUNT_ID,
      apiId: api.id,
      ...authorizerField(authorizer),
      domainName: host,
      domainPrefix: host.split('.')[0],
      extendedRequestId: request.requestId,
      httpMethod: request.method,
      identity: identityOf(request, headers, authorizer),
      path: stagePath,
      protocol: request.protocol,
      requestId: request.requestId,
      requestTime: commonLogTime(request.time),
      requestTimeEpoch: request.time.getTime(),
      resourceId: routeKey,
      resourcePath: resource,
      stage: api.stage,
    },
    pathParameters: Object.keys(pathParameters).length > 0 ? pathParameters : null,
    stageVariables: api.stageVariables ?? null,
    body: null,
    ...encodeBody(request.body, headers['content-type']?.[0]),
  };
}

function readHeaders(request: GatewayRequest): Values {
  const { rawHeaders, body, traceId } = request;
  const all = new Map<string, string[]>();
  for (const [lower, value] of headerPairs(rawHeaders)) {
    if (HOP_BY_HOP.has(lower)) continue;
    const name = CANONICAL_NAMES.get(lower) ?? lower;
    all.set(name, [...(all.get(name) ?? []), value]);
  }
  for (const [name, value] of Object.entries(forwardedHeaders(request))) all.set(name, [value]);
  return { 'Content-Length': [String(body.length)], 'X-Amzn-Trace-Id': [traceId], ...Object.fromEntries(all) };
}

function identityOf({ sourceIp }: GatewayRequest, headers: Values, authorizer: Authorizer | undefined): object {
  const { iam } = authorizer ?? {};
  return {
    accessKey: iam?.accessKey ?? null,
    accountId: iam?.accountId ?? null,
    caller: iam?.callerId ?? null,
    cognitoAmr: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp,
    user: iam?.userId ?? null,
    userAgent: headers['User-Agent']?.[0] ?? '',
    userArn: iam?.userArn ?? null,
  };
}

/** Merges the claims and scopes of a token with the context of a Lambda authorizer. */
function authorizerField(authorizer: Authorizer | undefined): { readonly authorizer?: object } {
  const { jwt, lambda } = authorizer ?? {};
  if (jwt) return { authorizer: { claims: jwt.claims, scopes: jwt.scopes } };
  return lambda === undefined ? {} : { authorizer: { claims: null, scopes: null, ...lambda } };
}
