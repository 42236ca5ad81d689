/** Makes the handler of a function behind an HTTP API. Events and responses have payload format 2.0. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { toClaims } from './claims';
import { bodyOf } from './event-body';
import { logger } from './logger';
import { type Request, type Response, type Service, serve } from './serve';

export type HttpApiHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** Output of the authorizer in an event. `APIGatewayProxyEventV2` lacks it. */
interface Authorized {
  readonly authorizer?: { readonly jwt?: { readonly claims?: unknown }; readonly lambda?: unknown };
}

export function httpApiHandler(service: Service): HttpApiHandler {
  return async (event, context) => {
    logger.addContext(context);
    return resultOf(await serve(requestOf(event), service));
  };
}

/** Makes the result. An array of cookies goes into `cookies`; the values of another header are joined by commas. */
function resultOf({ status, headers, body, isBase64Encoded = false }: Response): APIGatewayProxyStructuredResultV2 {
  const joined: Record<string, string> = {};
  let cookies: readonly string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') joined[name] = value;
    else if (name.toLowerCase() === 'set-cookie') cookies = value;
    else joined[name] = value.join(', ');
  }
  return {
    statusCode: status,
    headers: joined,
    ...(cookies.length > 0 && { cookies: [...cookies] }),
    ...(body !== undefined && { body }),
    ...(isBase64Encoded && { isBase64Encoded }),
  };
}

/**
 * Makes the request. API Gateway has decoded path and query parameters, and has put header names in lower case. It omits
 * parameters that a request does not have; serverless-offline sends null.
 */
function requestOf(event: APIGatewayProxyEventV2): Request {
  const { requestContext, routeKey, headers, pathParameters, queryStringParameters } = event;
  const { authorizer } = requestContext as Authorized;
  return {
    id: requestContext.requestId,
    routeKey,
    urlPath: event.rawPath,
    path: (pathParameters ?? {}) as Record<string, string>,
    query: (queryStringParameters ?? {}) as Record<string, string>,
    headers,
    claims: toClaims(authorizer?.jwt?.claims ?? authorizer?.lambda),
    body: bodyOf(event),
  };
}
