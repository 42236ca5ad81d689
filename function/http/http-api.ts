/** Makes the handler of a function behind an HTTP API. Events and responses have payload format 2.0. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { bodyOf } from './event-body';
import { logger } from './logger';
import { type Request, type Service, serve } from './serve';

export type HttpApiHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

export function httpApiHandler(service: Service): HttpApiHandler {
  return async (event, context) => {
    logger.addContext(context);
    const { status, headers, body } = await serve(requestOf(event), service);
    return { statusCode: status, headers: { ...headers }, body };
  };
}

/** Path and query parameters arrive decoded. */
function requestOf(event: APIGatewayProxyEventV2): Request {
  return {
    id: event.requestContext.requestId,
    routeKey: event.routeKey,
    path: (event.pathParameters ?? {}) as Record<string, string>,
    query: (event.queryStringParameters ?? {}) as Record<string, string>,
    body: bodyOf(event),
  };
}
