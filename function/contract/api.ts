/** Types of a contract. A contract describes one CRUD API as pure data; the API's stack and its function read it. */
import type { Gateway, HttpMethod } from '../http/contract';
import type { Auth, AuthSettings } from './auth';
import type { ItemSchema, Schema } from './schema';
import type { Strict } from './strict';

export type { Auth, Authorizer } from './auth';

/** How the server sets a managed field. A body that contains a managed field is refused. */
export type Managed =
  /**
   * A UUID of version 7 (RFC 9562), which sorts by time.
   * A create with an Idempotency-Key derives a UUID of version 8 from that key.
   */
  | 'uuid'
  /** Time of creation: a date-time in UTC with milliseconds. */
  | 'createdAt'
  /** Time of the last write. */
  | 'updatedAt'
  /** A number that is 1 after creation and grows by 1 with each write. The ETag contains it, and If-Match compares it. */
  | 'version'
  /** A whole number that starts at 0. Routes with the operation `increment` change it. */
  | 'counter'
  /** This many random characters of A-Z, a-z and 0-9. @example { random: 7 } */
  | { readonly random: number }
  /** A claim of the caller's token. @example { claim: 'sub' } */
  | { readonly claim: string }
  /**
   * The item expires this many seconds after creation. The field is a date-time.
   * Routes treat an expired item as absent, and DynamoDB deletes it later.
   */
  | { readonly expiresAfter: number };

/**
 * The partition key, or the partition key and the sort key.
 * Each is the name of a field of the item or of a managed field, whose values are strings or numbers.
 */
export type Key = string | readonly [partition: string, sort: string];

/** A global secondary index. It projects all attributes. */
export interface Index {
  readonly key: Key;
}

/**
 * Limits of a route. API Gateway answers 429 to requests above them (API Gateway developer guide, "Throttle requests").
 * @example { rate: 10, burst: 20 }
 */
export interface RouteThrottle {
  /** Sustained rate, in requests a second: 1 to 10,000. */
  readonly rate: number;
  /** Requests that may exceed the rate for a short time, 1 to 5,000: the capacity of the throttle's token bucket. */
  readonly burst: number;
}

interface CommonRoute {
  /** @default the contract's `auth.default` */
  readonly auth?: Auth;
  /**
   * Why anybody may call this route, which has the auth `none`. The profile `production` refuses a writing route without it.
   * @default the contract's `public`
   * @example public: 'Visitors leave entries without signing in'
   */
  readonly public?: string;
  /** Limit of this route alone, for all callers together. @default the settings throttleRate and throttleBurst */
  readonly throttle?: RouteThrottle;
  /** Summary in the OpenAPI document: one line. */
  readonly summary?: string;
}

export interface CreateRoute extends CommonRoute {
  readonly operation: 'create';
  /** Whether the route accepts the header Idempotency-Key. @default false: a request with the header is refused */
  readonly idempotency?: boolean;
}

export interface ReadRoute extends CommonRoute {
  readonly operation: 'read';
  /** Whether the read is strongly consistent, at twice the price. @default false */
  readonly consistent?: boolean;
}

export interface ReplaceRoute extends CommonRoute {
  readonly operation: 'replace';
  /** Whether the route creates an absent item. @default true; with false it answers 404 */
  readonly create?: boolean;
  /** With `required`, a request without If-Match or If-None-Match is answered with 428. @default optional */
  readonly ifMatch?: 'required';
}

export interface UpdateRoute extends CommonRoute {
  readonly operation: 'update';
  /** With `required`, a request without If-Match is answered with 428. @default optional */
  readonly ifMatch?: 'required';
}

export interface DeleteRoute extends CommonRoute {
  readonly operation: 'delete';
  /** With `required`, a request without If-Match is answered with 428. @default optional */
  readonly ifMatch?: 'required';
}

export interface ListRoute extends CommonRoute {
  readonly operation: 'list';
  /** Name of the index to query. @default the list reads the table */
  readonly index?: string;
  /**
   * Must be true when the list scans the whole table.
   * It does if the route has no `index` and neither path nor claims give the partition key.
   */
  readonly scan?: true;
  /** Fields that callers may filter by with a query parameter of the same name. @default none */
  readonly filters?: readonly string[];
  /** Order by the sort key when the request has no query parameter `order`. @default 'asc' */
  readonly order?: 'asc' | 'desc';
  /**
   * Number of items on a page: default and maximum of the query parameter `limit`.
   * @default { default: 50, maximum: 100 }
   */
  readonly limit?: { readonly default: number; readonly maximum: number };
}

export interface IncrementRoute extends CommonRoute {
  readonly operation: 'increment';
  /** A managed field of the kind `counter`. */
  readonly field: string;
  /** A whole number other than 0, which may be negative. */
  readonly by: number;
}

/** Creates or replaces the item whose key is in the body, without preconditions. Only in contracts with `answers`. */
export interface PutRoute extends CommonRoute {
  readonly operation: 'put';
}

export type OperationRoute =
  CreateRoute | ReadRoute | ReplaceRoute | UpdateRoute | DeleteRoute | ListRoute | IncrementRoute | PutRoute;

export type OperationName = OperationRoute['operation'];

/** Calls of the API's table that a contract can grant to a handler. Each grants one DynamoDB action. */
export type TableCall = 'get' | 'query' | 'scan' | 'put' | 'update' | 'delete';

/** A route that a handler serves: a function that you write for this API. */
export interface HandlerRoute extends CommonRoute {
  /** Never set. It lets TypeScript distinguish the kinds of routes, and report an unknown operation at its value. */
  readonly operation?: undefined;
  /** Name of the handler in the function's code. */
  readonly handler: string;
  /** Table calls that the handler makes. @default none */
  readonly table?: readonly TableCall[];
  /** Further DynamoDB actions on the API's table, for a handler that uses a DynamoDB client directly. @default none */
  readonly actions?: readonly `dynamodb:${string}`[];
  /** Schemas of the query parameters. @default none: every query parameter is refused */
  readonly query?: Readonly<Record<string, Schema>>;
  /** Schema of the body. `raw` passes the body to the handler as unchecked text. @default none: a body is refused */
  readonly body?: ItemSchema | 'raw';
  /** The answers by status. A handler that answers with another status does not compile. */
  readonly responses: Readonly<Record<number, { readonly description: string; readonly body?: Schema }>>;
}

export type Route = OperationRoute | HandlerRoute;

/** Method and path as API Gateway writes them: `GET /todos/{id}`. */
export type RouteKey = `${HttpMethod} /${string}`;

export interface Cors {
  /** Origins of web pages that may call the API, for example `https://todos.example.com`. `*` allows all origins. */
  readonly origins: readonly string[];
  /** Whether pages may send cookies and other credentials. Not allowed with the origin `*`. @default false */
  readonly credentials?: boolean;
  /** Seconds for which browsers cache the answer to a preflight request. @default 3600 */
  readonly maxAgeSeconds?: number;
}

export interface Api {
  /** Name of the stack, and of the service in log lines: lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly gateway: Gateway;
  /** The fields that callers send. */
  readonly item: ItemSchema;
  /** The fields that the server sets. @default none */
  readonly managed?: Readonly<Record<string, Managed>>;
  /** The table's key. */
  readonly key: Key;
  /** Global secondary indexes by their names. @default none */
  readonly indexes?: Readonly<Record<string, Index>>;
  /**
   * Name of a field with the format date-time. The item expires at that time.
   * For a time that the server sets, use a managed field with `expiresAfter`.
   * @default none
   */
  readonly ttl?: string;
  /** Who may call the routes. @default everybody */
  readonly auth?: AuthSettings;
  /**
   * Why anybody may call the routes with the auth `none`. The profile `production` refuses writing routes without it.
   * @default only routes with their own `public` say why
   * @example public: 'A guestbook without accounts'
   */
  readonly public?: string;
  readonly cors?: Cors;
  /**
   * Makes the API behave like the API of the AWS tutorial: its operations are `put`, `read`, `list` and `delete`, with the
   * tutorial's bodies and without preconditions. The texts precede the key in answers: `"Put item 1"`.
   */
  readonly answers?: { readonly put: string; readonly delete: string };
  readonly routes: Readonly<Record<RouteKey, Route>>;
}

/**
 * Declares a contract. TypeScript checks its keywords, and derives the types of items and handlers from it.
 * @example
 * export const todos = defineApi({
 *   name: 'todos', gateway: 'http-api', key: 'id',
 *   item: { type: 'object', required: ['title'], properties: { title: { type: 'string', maxLength: 200 } } },
 *   managed: { id: 'uuid', version: 'version', createdAt: 'createdAt' },
 *   routes: { 'POST /todos': { operation: 'create' }, 'GET /todos/{id}': { operation: 'read' } },
 * });
 */
export function defineApi<const A extends Api>(api: A & Strict<A, Api>): A {
  return api;
}
