/** Makes the handlers of authorizer functions. API Gateway invokes them before the function of a route. */
import type {
  APIGatewayAuthorizerResult,
  APIGatewayRequestAuthorizerEvent,
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult,
  Context,
} from 'aws-lambda';
import { logger } from './logger';
import { joinValues } from './multiple-values';

/** A request that the authorizer allows or refuses. API Gateway does not pass on bodies. */
export interface AuthorizerRequest {
  /** API Gateway's id of the request. */
  readonly id: string;
  /** Method and path of the route: `GET /notes/{noteId}`. */
  readonly routeKey: string;
  /** Path parameters. Behind a REST API they are percent-encoded. */
  readonly path: Readonly<Partial<Record<string, string>>>;
  /** Query parameters. The values of a repeated parameter are joined by commas. */
  readonly query: Readonly<Partial<Record<string, string>>>;
  /** Headers by their names in lower case. */
  readonly headers: Readonly<Partial<Record<string, string>>>;
}

/** What is known of a caller. Handlers get it as `claims`, and managed fields can have its values. */
export type CallerClaims = Readonly<Record<string, string>>;

/**
 * Decides about a request. API Gateway caches the decision for the value of the contract's `header` and the route. If the
 * decision depends on anything else, set `cacheSeconds: 0`.
 * @returns the caller's claims, or undefined to refuse the request: the caller gets a 403
 */
export type Authorize = (request: AuthorizerRequest) => Promise<CallerClaims | undefined> | CallerClaims | undefined;

/**
 * Makes the handler of an authorizer of an HTTP API.
 * @example export const handler = httpApiAuthorizer(({ headers }) => callerOf(headers['x-session']));
 */
export function httpApiAuthorizer(authorize: Authorize) {
  return async (
    event: APIGatewayRequestAuthorizerEventV2,
    context: Context,
  ): Promise<APIGatewaySimpleAuthorizerWithContextResult<CallerClaims>> => {
    logger.addContext(context);
    const { routeKey, pathParameters, queryStringParameters, headers, requestContext } = event;
    const claims = await decide(authorize, {
      id: requestContext.requestId,
      routeKey,
      path: pathParameters ?? {},
      query: queryStringParameters ?? {},
      headers: headers ?? {},
    });
    return { isAuthorized: claims !== undefined, context: claims ?? {} };
  };
}

/**
 * Makes the handler of an authorizer of a REST API.
 * @example export const handler = restApiAuthorizer(({ headers }) => callerOf(headers['x-session']));
 */
export function restApiAuthorizer(authorize: Authorize) {
  return async (event: APIGatewayRequestAuthorizerEvent, context: Context): Promise<APIGatewayAuthorizerResult> => {
    logger.addContext(context);
    const { httpMethod, resource, methodArn, requestContext } = event;
    const claims = await decide(authorize, {
      id: requestContext.requestId,
      routeKey: `${httpMethod} ${resource}`,
      path: event.pathParameters ?? {},
      query: joinValues(event.multiValueQueryStringParameters, (name) => name),
      headers: joinValues(event.multiValueHeaders, (name) => name.toLowerCase()),
    });
    return {
      principalId: claims?.['sub'] ?? 'caller',
      policyDocument: { Version: '2012-10-17', Statement: [statement(methodArn, claims !== undefined)] },
      ...(claims && { context: { ...claims } }),
    };
  };
}

/** The cached policy of a route must cover all values of its path parameters. Other routes have their own cached policies. */
function statement(methodArn: string, isAllowed: boolean) {
  const [api, stage] = methodArn.split('/');
  return {
    Effect: isAllowed ? ('Allow' as const) : ('Deny' as const),
    Action: 'execute-api:Invoke',
    Resource: `${api}/${stage}/*`,
  };
}

async function decide(authorize: Authorize, request: AuthorizerRequest): Promise<CallerClaims | undefined> {
  const claims = await authorize(request);
  const { id, routeKey } = request;
  logger.info(`${routeKey} ${claims ? 'allowed' : 'refused'}`, { request_id: id, route: routeKey });
  return claims;
}
