/** The handler of a function behind an HTTP API: payload format 2.0 in and out. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { logger } from './log';
import type { Request, Serve } from './serve';

export type HttpApiHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

export function httpApiHandler(serve: Serve): HttpApiHandler {
  return async (event, context) => {
    logger.addContext(context);
    const { status, headers, body } = await serve(requestOf(event));
    return { statusCode: status, headers: { ...headers }, body };
  };
}

/** Path parameters and query arrive decoded. */
function requestOf(event: APIGatewayProxyEventV2): Request {
  return {
    id: event.requestContext.requestId,
    routeKey: event.routeKey,
    path: (event.pathParameters ?? {}) as Record<string, string>,
    query: (event.queryStringParameters ?? {}) as Record<string, string>,
    body: bodyOf(event),
  };
}

/** Anything but text, JSON, XML and JavaScript arrives in base64, curl's default form type included. */
function bodyOf({ body, isBase64Encoded }: APIGatewayProxyEventV2): string | null | undefined {
  if (!body) return undefined;
  if (!isBase64Encoded) return body;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(body, 'base64'));
  } catch {
    return null;
  }
}
