/** Makes the handler of a function behind an HTTP API. Events and responses have payload format 2.0. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { toClaims } from './claims';
import { bodyOf } from './event-body';
import { logger } from './logger';
import { type Request, type Service, serve } from './serve';

export type HttpApiHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** The authorizer's part of an event, which the types of events leave out. */
interface Authorized {
  readonly authorizer?: { readonly jwt?: { readonly claims?: unknown }; readonly lambda?: unknown };
}

export function httpApiHandler(service: Service): HttpApiHandler {
  return async (event, context) => {
    logger.addContext(context);
    const { status, headers, body } = await serve(requestOf(event), service);
    return { statusCode: status, headers: { ...headers }, ...(body !== undefined && { body }) };
  };
}

/** Path and query parameters arrive decoded, names of headers in lower case. */
function requestOf(event: APIGatewayProxyEventV2): Request {
  const { requestContext, routeKey, headers, pathParameters = {}, queryStringParameters = {} } = event;
  const { authorizer } = requestContext as Authorized;
  return {
    id: requestContext.requestId,
    routeKey,
    urlPath: event.rawPath,
    path: pathParameters as Record<string, string>,
    query: queryStringParameters as Record<string, string>,
    headers,
    claims: toClaims(authorizer?.jwt?.claims ?? authorizer?.lambda),
    body: bodyOf(event),
  };
}
