/** The event that a REST API sends to a function: payload format 1.0 (API Gateway developer guide, "Lambda proxy integrations"). */
import type { RestApiDeployment, RestRouteDeployment } from '../../../model/deployment';
import { ACCOUNT_ID } from '../../../model/account';
import { commonLogTime } from '../common-log-time';
import { forwardedHeaders } from '../forwarded';
import { isBinary } from './binary-media-types';
import { type GatewayRequest, HOP_BY_HOP } from '../request';

type Values = Record<string, string[]>;

/**
 * Headers whose names always arrive in this case. All other names keep the caller's case (recorded from AWS over HTTP/2, where a
 * caller sends names in lower case: hotsock/voker, vokerhttp/testdata/apigwv1-request.json).
 */
const CANONICAL_NAMES = new Map(
  ['Host', 'User-Agent', 'X-Amzn-Trace-Id', 'X-Forwarded-For', 'X-Forwarded-Port', 'X-Forwarded-Proto'].map(
    (name) => [name.toLowerCase(), name] as const,
  ),
);

/**
 * Headers that do not reach the function (recorded from AWS: localstack, test_apigateway_integrations.snapshot.json,
 * test_apigateway_header_remapping_aws).
 */
const DROPPED = new Set([
  ...HOP_BY_HOP,
  ...['content-length', 'content-md5', 'max-forwards', 'proxy-authenticate', 'server', 'www-authenticate'],
]);

/** Declares only the fields that the gateway reads. */
export interface RestApiEvent {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestContext: Readonly<Record<string, unknown>>;
  readonly stageVariables: Readonly<Record<string, string>> | null;
  readonly [field: string]: unknown;
}

/** Converts a request into an event. Keeps the case of headers and the encoding of the path. Absent values are null. */
export function restApiEvent(
  request: GatewayRequest,
  api: RestApiDeployment,
  route: RestRouteDeployment,
  path: string,
  pathParameters: Readonly<Record<string, string>>,
  extendedRequestId: string,
): RestApiEvent {
  const headers = readHeaders(request);
  const query = parseQuery(request.rawQuery);
  const [, resource = ''] = route.routeKey.split(' ');
  return {
    resource,
    path,
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: headers,
    queryStringParameters: query && lastValues(query),
    multiValueQueryStringParameters: query,
    pathParameters: Object.keys(pathParameters).length > 0 ? pathParameters : null,
    stageVariables: api.stageVariables ?? null,
    requestContext: requestContext(request, api, route, extendedRequestId, headers),
    ...encodeBody(request.body, isBinary(api.binaryMediaTypes, findValue(headers, 'content-type'))),
  };
}

/** The context variables of a request. @param route undefined: no route matches */
export function contextOf(
  request: GatewayRequest,
  api: RestApiDeployment,
  route: RestRouteDeployment | undefined,
  extendedRequestId: string,
): Readonly<Record<string, unknown>> {
  return requestContext(request, api, route, extendedRequestId, readHeaders(request));
}

function requestContext(
  request: GatewayRequest,
  api: RestApiDeployment,
  route: RestRouteDeployment | undefined,
  extendedRequestId: string,
  headers: Values,
): Record<string, unknown> {
  const host = findValue(headers, 'host') ?? '';
  const [, resourcePath = ''] = route?.routeKey.split(' ') ?? [];
  return {
    resourceId: route?.resourceId ?? null,
    resourcePath,
    httpMethod: request.method,
    extendedRequestId,
    requestTime: commonLogTime(request.time),
    path: request.rawPath,
    accountId: api.account ?? ACCOUNT_ID,
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
      userAgent: findValue(headers, 'user-agent') ?? null,
      user: null,
    },
    domainName: host,
    apiId: api.id,
  };
}

export function readHeaders(request: GatewayRequest): Values {
  const { rawHeaders, traceId } = request;
  const headers: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const lower = name.toLowerCase();
    if (DROPPED.has(lower)) continue;
    headers.push([CANONICAL_NAMES.get(lower) ?? name, rawHeaders[index + 1] ?? '']);
  }
  const values = groupByName(headers);
  values['X-Amzn-Trace-Id'] ??= [traceId];
  for (const [name, value] of Object.entries(forwardedHeaders(request))) values[name] = [value];
  return values;
}

/** Decodes the query. A `;` separates parameters as a `&` does (developer guide, "Important notes for REST APIs"). */
export function parseQuery(rawQuery: string): Values | null {
  const values = groupByName(new URLSearchParams(rawQuery.includes(';') ? rawQuery.replaceAll(';', '&') : rawQuery));
  return Object.keys(values).length > 0 ? values : null;
}

function groupByName(pairs: Iterable<[string, string]>): Values {
  const all = new Map<string, string[]>();
  for (const [name, value] of pairs) all.set(name, [...(all.get(name) ?? []), value]);
  return Object.fromEntries(all);
}

export function lastValues(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? '']));
}

function findValue(values: Values, wanted: string): string | undefined {
  const [, all] = Object.entries(values).find(([name]) => name.toLowerCase() === wanted) ?? [];
  return all?.at(-1);
}

/**
 * An API without binary media types treats every body as text: bytes that are not valid UTF-8 are lost (verified on AWS:
 * ministackorg/ministack, pull request 767).
 */
function encodeBody(body: Buffer, binary: boolean): Record<string, unknown> {
  if (body.length === 0) return { body: null, isBase64Encoded: false };
  return { body: body.toString(binary ? 'base64' : 'utf8'), isBase64Encoded: binary };
}
