/** The shape of a system's contract.ts: what the stack that deploys it and the function that serves it both read. */

/** How a request reaches the function; it decides which ids a path can carry (see path-id.ts). */
export type Gateway = 'http-api' | 'rest-api';

export type HttpMethod = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';

/** The part of JSON Schema that contracts use: flat objects of strings and numbers. */
export interface FieldSchema {
  readonly type: 'string' | 'number';
}

export interface ObjectSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, FieldSchema>>;
  readonly required: readonly string[];
  /** Nothing that was sent is dropped silently: an unknown field is refused. */
  readonly additionalProperties: false;
}

export interface Route {
  readonly method: HttpMethod;
  /** In API Gateway's form: `/items/{id}`. */
  readonly path: `/${string}`;
  /** The DynamoDB actions that serving it calls, and so all that its role may do. */
  readonly actions: readonly `dynamodb:${string}`[];
  /** Absent: the route takes no body, and one that was sent is refused. */
  readonly body?: ObjectSchema;
}

export interface Contract {
  /** The stack's name. */
  readonly name: string;
  readonly gateway: Gateway;
  readonly routes: readonly Route[];
}

/** The route key as API Gateway writes it: `GET /items/{id}`. */
export function routeKey(route: Pick<Route, 'method' | 'path'>): string {
  return `${route.method} ${route.path}`;
}
