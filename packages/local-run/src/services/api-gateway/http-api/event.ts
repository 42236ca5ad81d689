/** The event that an HTTP API sends to a function: payload format 2.0 (API Gateway developer guide, "Lambda proxy integrations"). */
import { isUtf8 } from 'node:buffer';
import type { HttpApiDeployment } from '../../../model/deployment';
import { ACCOUNT_ID } from '../../../model/account';
import { commonLogTime } from '../common-log-time';
import { forwardedHeaders } from '../forwarded';
import { type GatewayRequest, headerPairs, HOP_BY_HOP } from '../request';

/**
 * Bodies of these content types arrive as text, all other bodies as base64. AWS does not document the format of text that is
 * not valid UTF-8. Here it arrives as base64, so no byte changes.
 */
const TEXT = /^(text\/.*|application\/(json|xml|javascript|.+\+json|.+\+xml))$/;

export interface RoutedRequest {
  readonly routeKey: string;
  /** Decoded, without the stage. */
  readonly path: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** The event's `requestContext.authorizer`. */
  readonly authorizer?: object | undefined;
}

/** Converts a request into an event. */
export function httpApiEvent(
  request: GatewayRequest,
  api: HttpApiDeployment,
  { routeKey, path, pathParameters, authorizer }: RoutedRequest,
): Record<string, unknown> {
  const { headers, cookies, host, userAgent, contentType } = readHeaders(request);
  const query = parseQuery(request.rawQuery);
  const rawPath = withStage(path, api.stage);
  // Omits absent values. They are never null.
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: request.rawQuery,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(query && { queryStringParameters: query }),
    requestContext: {
      accountId: api.account ?? ACCOUNT_ID,
      apiId: api.id,
      ...(authorizer && { authorizer }),
      domainName: host,
      domainPrefix: host.split('.')[0],
      http: {
        method: request.method,
        path: rawPath,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent,
      },
      requestId: request.requestId,
      routeKey,
      stage: api.stage,
      time: commonLogTime(request.time),
      timeEpoch: request.time.getTime(),
    },
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...(api.stageVariables && { stageVariables: api.stageVariables }),
    ...encodeBody(request.body, contentType),
  };
}

/** The path as the event has it. A named stage is its first segment. */
export function withStage(path: string, stage: string): string {
  return stage === '$default' ? path : `/${stage}${path}`;
}

interface Headers {
  /** By lower-case name. Repeated headers are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly host: string;
  readonly userAgent: string;
  readonly contentType: string | undefined;
}

function readHeaders(request: GatewayRequest): Headers {
  // A Map: a header may have the name `__proto__`.
  const headers = new Map<string, string>();
  const cookies: string[] = [];
  for (const [name, value] of headerPairs(request.rawHeaders)) {
    if (name === 'cookie') cookies.push(...value.split(/;\s*/).filter((cookie) => cookie !== ''));
    else if (!HOP_BY_HOP.has(name)) {
      const earlier = headers.get(name);
      headers.set(name, earlier === undefined ? value : `${earlier},${value}`);
    }
  }
  if (!headers.has('x-amzn-trace-id')) headers.set('x-amzn-trace-id', request.traceId);
  for (const [name, value] of Object.entries(forwardedHeaders(request))) headers.set(name.toLowerCase(), value);
  return {
    headers: Object.fromEntries(headers),
    cookies,
    host: headers.get('host') ?? '',
    userAgent: headers.get('user-agent') ?? '',
    contentType: headers.get('content-type'),
  };
}

/** Decodes the query, `+` as a space. Repeated keys are joined with a comma. */
function parseQuery(rawQuery: string): Record<string, string> | undefined {
  const query = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(rawQuery)) {
    const earlier = query.get(key);
    query.set(key, earlier === undefined ? value : `${earlier},${value}`);
  }
  return query.size > 0 ? Object.fromEntries(query) : undefined;
}

/** @returns `body` and `isBase64Encoded`. An empty body is absent. */
export function encodeBody(body: Buffer, contentType: string | undefined): Record<string, unknown> {
  if (body.length === 0) return { isBase64Encoded: false };
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const text = TEXT.test(type) && isUtf8(body);
  return { body: body.toString(text ? 'utf8' : 'base64'), isBase64Encoded: !text };
}
