/** Makes the handler of a function behind a REST API. Events and responses have payload format 1.0. */
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { toClaims } from './claims';
import { prepareCors } from './cors';
import { bodyOf } from './event-body';
import { logger } from './logger';
import { joinValues } from './multiple-values';
import { Problem } from './problem';
import { type Request, type Service, serve } from './serve';

export type RestApiHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

export function restApiHandler(service: Service): RestApiHandler {
  const addCors = prepareCors();
  return async (event, context) => {
    logger.addContext(context);
    const received = requestOf(event);
    // Decodes the path inside the service, so that `serve` turns a fault into an answer.
    const { status, headers, body } = await serve(received, (request) =>
      service({ ...request, path: decodePath(request.path) }),
    );
    const single: Record<string, string> = {};
    const multiple: Record<string, string[]> = {};
    for (const [name, value] of Object.entries(addCors(headers, received.headers['origin']))) {
      if (typeof value === 'string') single[name] = value;
      else multiple[name] = [...value];
    }
    return {
      statusCode: status,
      headers: single,
      ...(Object.keys(multiple).length > 0 && { multiValueHeaders: multiple }),
      body: body ?? '',
    };
  };
}

/** Makes the request. API Gateway has decoded query parameters, but not path parameters. */
function requestOf(event: APIGatewayProxyEvent): Request {
  const authorizer = event.requestContext.authorizer as { readonly claims?: unknown } | null | undefined;
  return {
    id: event.requestContext.requestId,
    routeKey: `${event.httpMethod} ${event.resource}`,
    // `event.path` lacks the stage.
    urlPath: event.requestContext.path,
    path: (event.pathParameters ?? {}) as Record<string, string>,
    query: joinValues(event.multiValueQueryStringParameters, (name) => name),
    headers: joinValues(event.multiValueHeaders, (name) => name.toLowerCase()),
    claims: toClaims(authorizer?.claims ?? authorizer),
    body: bodyOf(event),
  };
}

/** @throws Problem 400 when a value is not percent-encoded UTF-8 */
function decodePath(path: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(path).map(([name, value]) => {
    try {
      return [name, decodeURIComponent(value)] as const;
    } catch {
      throw Problem.badInput([{ path: name, message: 'must be percent-encoded UTF-8, but is not' }]);
    }
  });
  return Object.fromEntries(entries);
}
