/** Makes the handler of a function behind a REST API. Events and responses have payload format 1.0. */
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { bodyOf } from './event-body';
import { logger } from './logger';
import { Problem } from './problem';
import { type Request, type Service, serve } from './serve';

export type RestApiHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

export function restApiHandler(service: Service): RestApiHandler {
  return async (event, context) => {
    logger.addContext(context);
    // `serve` answers problems that the service throws, so the path is decoded inside the service.
    const { status, headers, body } = await serve(requestOf(event), (request) =>
      service({ ...request, path: decodePath(request.path) }),
    );
    return { statusCode: status, headers: { ...headers }, body };
  };
}

/** Query parameters arrive decoded; path parameters do not. */
function requestOf(event: APIGatewayProxyEvent): Request {
  return {
    id: event.requestContext.requestId,
    routeKey: `${event.httpMethod} ${event.resource}`,
    path: (event.pathParameters ?? {}) as Record<string, string>,
    query: Object.fromEntries(
      Object.entries(event.multiValueQueryStringParameters ?? {}).map(([name, values = []]) => [name, values.join()]),
    ),
    body: bodyOf(event),
  };
}

/** Decodes path parameters. @throws Problem 400 when a value is not percent-encoded UTF-8 */
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
