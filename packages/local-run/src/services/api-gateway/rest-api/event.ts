/** The event that a REST API sends to a function: payload format 1.0 (API Gateway developer guide, "Lambda proxy integrations"). */
import type { RestApiDeployment, RestRouteDeployment } from '../../../model/deployment';
import { ACCOUNT_ID } from '../../../model/account';
import { commonLogTime } from '../clf-time';
import { randomId } from '../random-id';
import { type GatewayRequest, HOP_BY_HOP, traceId } from '../request';

type Values = Record<string, string[]>;

/**
 * Headers that arrive in one case however they were sent; all others keep theirs (recorded from AWS over
 * HTTP/2, where all are sent in lower case: hotsock/voker, vokerhttp/testdata/apigwv1-request.json).
 */
const RECASED = new Map(
  ['Host', 'User-Agent', 'X-Amzn-Trace-Id', 'X-Forwarded-For', 'X-Forwarded-Port', 'X-Forwarded-Proto'].map(
    (name) => [name.toLowerCase(), name] as const,
  ),
);

/**
 * Headers that are not passed on (recorded from AWS: localstack, test_apigateway_integrations.snapshot.json,
 * test_apigateway_header_remapping_aws).
 */
const DROPPED = new Set([
  ...HOP_BY_HOP,
  ...['content-length', 'content-md5', 'max-forwards', 'proxy-authenticate', 'server', 'www-authenticate'],
]);

/** As far as the gateway itself reads it. */
export interface RestApiEvent {
  readonly headers: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

export interface RestApiRequest extends GatewayRequest {
  /** `JKJaXmPLvHcESHA=`. */
  readonly extendedRequestId: string;
}

/** A request's id that no caller can choose. */
export function newExtendedRequestId(): string {
  return `${randomId(11, 'base64url')}=`;
}

/** Header case and path encoding are kept; what is absent is an explicit null. */
export function restApiEvent(
  request: RestApiRequest,
  api: RestApiDeployment,
  route: RestRouteDeployment,
  path: string,
  pathParameters: Readonly<Record<string, string>>,
): RestApiEvent {
  const headers = headersOf(request);
  const query = queryOf(request.rawQuery);
  const [, resource = ''] = route.routeKey.split(' ');
  return {
    resource,
    path,
    httpMethod: request.method,
    headers: lastOf(headers),
    multiValueHeaders: headers,
    queryStringParameters: query && lastOf(query),
    multiValueQueryStringParameters: query,
    pathParameters: Object.keys(pathParameters).length > 0 ? pathParameters : null,
    stageVariables: null,
    requestContext: requestContext(request, api, route, resource, headers),
    ...bodyOf(request.body),
  };
}

function requestContext(
  request: RestApiRequest,
  api: RestApiDeployment,
  route: RestRouteDeployment,
  resourcePath: string,
  headers: Values,
): Record<string, unknown> {
  const host = valueOf(headers, 'host') ?? '';
  return {
    resourceId: route.resourceId,
    resourcePath,
    httpMethod: request.method,
    extendedRequestId: request.extendedRequestId,
    requestTime: commonLogTime(request.time),
    path: request.rawPath,
    accountId: ACCOUNT_ID,
    protocol: request.protocol,
    stage: api.stage,
    domainPrefix: host.split('.')[0],
    deploymentId: api.deploymentId,
    requestTimeEpoch: request.time.getTime(),
    requestId: request.requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      sourceIp: request.sourceIp,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent: valueOf(headers, 'user-agent') ?? null,
      user: null,
    },
    domainName: host,
    apiId: api.id,
  };
}

function headersOf({ rawHeaders, sourceIp, time }: GatewayRequest): Values {
  const headers: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const lower = name.toLowerCase();
    if (DROPPED.has(lower)) continue;
    headers.push([RECASED.get(lower) ?? name, rawHeaders[index + 1] ?? '']);
  }
  const values = grouped(headers);
  values['X-Amzn-Trace-Id'] ??= [traceId(time)];
  values['X-Forwarded-For'] ??= [sourceIp];
  values['X-Forwarded-Port'] ??= [valueOf(values, 'host')?.split(':')[1] ?? '80'];
  values['X-Forwarded-Proto'] ??= ['http'];
  return values;
}

/** A `;` splits a query as a `&` does (developer guide, "Important notes for REST APIs"). */
function queryOf(rawQuery: string): Values | null {
  const values = grouped(new URLSearchParams(rawQuery.includes(';') ? rawQuery.replaceAll(';', '&') : rawQuery));
  return Object.keys(values).length > 0 ? values : null;
}

function grouped(pairs: Iterable<[string, string]>): Values {
  const all = new Map<string, string[]>();
  for (const [name, value] of pairs) all.set(name, [...(all.get(name) ?? []), value]);
  return Object.fromEntries(all);
}

function lastOf(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? '']));
}

function valueOf(values: Values, wanted: string): string | undefined {
  const [, all] = Object.entries(values).find(([name]) => name.toLowerCase() === wanted) ?? [];
  return all?.at(-1);
}

/**
 * Without binary media types a body is text, whatever its type and bytes: what is no UTF-8 is lost (verified on AWS:
 * ministackorg/ministack, pull request 767).
 */
function bodyOf(body: Buffer): Record<string, unknown> {
  return { body: body.length === 0 ? null : body.toString(), isBase64Encoded: false };
}
