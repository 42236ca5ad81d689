/** The shape of a contract: one CRUD API as pure data. The stack of the API and its function both read it. */
import type { Gateway, HttpMethod } from '../http/contract';
import type { ItemSchema, Schema } from './schema';
import type { Strict } from './strict';

/** How the server sets a managed field. Callers never send one. */
export type Managed =
  /** A UUID of version 7 (RFC 9562), which sorts by time. A create with an Idempotency-Key gets one made from that key. */
  | 'uuid'
  /** Time of creation: a date-time in UTC with milliseconds. */
  | 'createdAt'
  /** Time of the last write. */
  | 'updatedAt'
  /** A number that is 1 after creation and grows by 1 with each write. The ETag has it, and If-Match compares it. */
  | 'version'
  /** A whole number that starts at 0. Routes with the operation `increment` change it. */
  | 'counter'
  /** This many random characters of A-Z, a-z and 0-9. @example { random: 7 } */
  | { readonly random: number }
  /** A claim of the caller's token. @example { claim: 'sub' } */
  | { readonly claim: string }
  /** A date-time this many seconds after creation. The item then expires: it is answered as absent, and DynamoDB deletes it. */
  | { readonly expiresAfter: number };

/** Partition key, or partition key and sort key. Each is a field of the item or a managed field: a string or a number. */
export type Key = string | readonly [partition: string, sort: string];

/** A global secondary index. It contains all attributes. */
export interface Index {
  readonly key: Key;
}

/**
 * Who may call a route:
 * - `none`: everybody
 * - `apiKey`: callers with an API key (REST APIs only)
 * - `iam`: callers who sign with AWS credentials
 * - `jwt`: callers with a token of the contract's issuer; with `{ jwt: [...] }` the token must have one of these scopes
 *   (HTTP APIs only)
 * - `{ authorizer }`: callers whom the contract's authorizer function of this name lets in
 */
export type Auth =
  'none' | 'apiKey' | 'iam' | 'jwt' | { readonly jwt: readonly string[] } | { readonly authorizer: string };

/** A Lambda function that decides who may call. */
export interface Authorizer {
  /** Path of the function's file from the project's root, for example `function/gate/index.ts`. It exports `handler`. */
  readonly entry: string;
  /** Request header that identifies the caller. @default 'authorization' */
  readonly header?: string;
  /** Seconds for which API Gateway caches a decision, 0 to 3,600. @default 300 */
  readonly cacheSeconds?: number;
}

interface CommonRoute {
  /** @default the contract's `auth.default` */
  readonly auth?: Auth;
  /** One line for the OpenAPI document. */
  readonly summary?: string;
}

export interface CreateRoute extends CommonRoute {
  readonly operation: 'create';
  /** Whether the route accepts the header Idempotency-Key. @default false: the header is refused */
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
  /** Name of the index that is queried. @default the table */
  readonly index?: string;
  /** Must be true when the list reads the whole table, because nothing gives its partition. */
  readonly scan?: true;
  /** Fields that callers may filter by with a query parameter of the same name. @default none */
  readonly filters?: readonly string[];
  /** Order by the sort key, unless the query parameter `order` says otherwise. @default 'asc' */
  readonly order?: 'asc' | 'desc';
  /** Items on a page. @default { default: 50, maximum: 100 } */
  readonly limit?: { readonly default: number; readonly maximum: number };
}

export interface IncrementRoute extends CommonRoute {
  readonly operation: 'increment';
  /** A managed field of the kind `counter`. */
  readonly field: string;
  /** A whole number other than 0, which may be negative. */
  readonly by: number;
}

/** Creates or replaces an item whose key is in the body, without conditions. Only in contracts with `answers`. */
export interface PutRoute extends CommonRoute {
  readonly operation: 'put';
}

export type OperationRoute =
  CreateRoute | ReadRoute | ReplaceRoute | UpdateRoute | DeleteRoute | ListRoute | IncrementRoute | PutRoute;

export type OperationName = OperationRoute['operation'];

/** Calls of the API's own table that a handler can get. Each grants its DynamoDB action. */
export type TableCall = 'get' | 'query' | 'scan' | 'put' | 'update' | 'delete';

/** A route that runs code of its own. */
export interface HandlerRoute extends CommonRoute {
  /** Absent. TypeScript tells routes apart by it, and reports an unknown operation at its value. */
  readonly operation?: undefined;
  /** Name of the handler in the function's code. */
  readonly handler: string;
  /** Calls of the API's table that the handler makes. @default none */
  readonly table?: readonly TableCall[];
  /** Other DynamoDB actions on the API's table, for a handler with a client of its own. @default none */
  readonly actions?: readonly `dynamodb:${string}`[];
  /** Query parameters. @default none: any is refused */
  readonly query?: Readonly<Record<string, Schema>>;
  /** Schema of the body; `raw` passes the body on as text, unchecked. @default none: a body is refused */
  readonly body?: ItemSchema | 'raw';
  /** The answers by their status. Other statuses do not compile. */
  readonly responses: Readonly<Record<number, { readonly description: string; readonly body?: Schema }>>;
}

export type Route = OperationRoute | HandlerRoute;

/** Method and path as API Gateway writes them: `GET /todos/{id}`. */
export type RouteKey = `${HttpMethod} /${string}`;

export interface Cors {
  /** Origins of web pages that may call the API, for example `https://todos.example.com`; `*` for all. */
  readonly origins: readonly string[];
  /** Whether pages may send cookies and credentials. Not with the origin `*`. @default false */
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
  /** A field of the item with the format date-time: after that time the item expires. See also `expiresAfter`. @default none */
  readonly ttl?: string;
  readonly auth?: {
    /** @default 'none' */
    readonly default?: Auth;
    readonly jwt?: { readonly issuer: string; readonly audience: readonly string[] };
    readonly authorizers?: Readonly<Record<string, Authorizer>>;
  };
  readonly cors?: Cors;
  /**
   * Words before the key in the answers of the well-known tutorial: `"Put item 1"`. With them, the API has the operations
   * `put`, `read`, `list` and `delete` with the tutorial's bodies and no preconditions.
   */
  readonly answers?: { readonly put: string; readonly delete: string };
  readonly routes: Readonly<Record<RouteKey, Route>>;
}

/**
 * Declares a contract. TypeScript checks its keywords and keeps its exact type, from which the types of items follow.
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
