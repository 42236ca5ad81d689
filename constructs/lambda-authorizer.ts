/** Lambda authorizers: functions that decide who may call the routes of an API. */
import type { NodejsFunction } from './nodejs-function';

export interface LambdaAuthorizer {
  /** The function that allows or denies requests. */
  readonly function: NodejsFunction;
  /** Request header that identifies the caller. API Gateway answers 401 to requests without it, and does not invoke the function. */
  readonly header: string;
  /** Seconds for which API Gateway caches a decision for a value of the header and a route: 0 to 3,600. */
  readonly cacheSeconds: number;
}

/** The auth of a route that a Lambda authorizer protects. */
export interface AuthorizerAuth {
  /** Name of the authorizer. */
  readonly authorizer: string;
}

/** @throws Error when the API has no authorizer with this name */
export function authorizerOf(
  apiName: string,
  { authorizer: name }: AuthorizerAuth,
  authorizers: Readonly<Record<string, LambdaAuthorizer>>,
): LambdaAuthorizer {
  const authorizer = Object.hasOwn(authorizers, name) ? authorizers[name] : undefined;
  if (authorizer) return authorizer;
  const names = Object.keys(authorizers).join(', ') || 'none';
  throw new Error(`The API ${apiName} has a route with the authorizer ${name}; its authorizers are: ${names}.`);
}
