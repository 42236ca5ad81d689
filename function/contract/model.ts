/** Derives facts from a contract, for the function, the stack and the OpenAPI document. */
import type { Api, Auth, HandlerRoute, Key, Managed, OperationRoute, Route } from './api';
import type { HttpMethod } from '../http/contract';
import type { ItemSchema, Schema } from './schema';

export interface Model {
  readonly api: Api;
  /** Names of the key fields: the partition key, and the sort key if the table has one. */
  readonly keys: readonly string[];
  readonly managed: readonly (readonly [field: string, how: Managed])[];
  /** Names of the managed fields of these kinds. Undefined if the contract has no such field. */
  readonly version: string | undefined;
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
  /** Name of the field with the time of expiry: a date-time for callers, seconds since 1970 in the table. */
  readonly ttl: string | undefined;
}

/** Derives the model of a contract. */
export function modelOf(api: Api): Model {
  const managed = Object.entries(api.managed ?? {});
  const fieldOf = (how: Managed) => managed.find(([, other]) => other === how)?.[0];
  const expiring = managed.find(([, how]) => typeof how === 'object' && 'expiresAfter' in how)?.[0];
  return {
    api,
    keys: keyFields(api.key),
    managed,
    version: fieldOf('version'),
    createdAt: fieldOf('createdAt'),
    updatedAt: fieldOf('updatedAt'),
    ttl: api.ttl ?? expiring,
  };
}

/** Returns the names in a key: the partition key, and the sort key if the key has one. */
export function keyFields(key: Key): readonly string[] {
  return typeof key === 'string' ? [key] : key;
}

/** Returns the key fields of the table and its indexes, without duplicates. */
export function allKeyFields({ key, indexes = {} }: Api): readonly string[] {
  return [...new Set([key, ...Object.values(indexes).map((index) => index.key)].flatMap(keyFields))];
}

/** Returns the parameters of a path: `['customerId', 'orderId']` for `/customers/{customerId}/orders/{orderId}`. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
}

/** Splits a route key. @example splitRoute('GET /todos/{id}') // { method: 'GET', path: '/todos/{id}' } */
export function splitRoute(routeKey: string): { readonly method: HttpMethod; readonly path: `/${string}` } {
  const [method, path] = routeKey.split(' ') as [HttpMethod, `/${string}`];
  return { method, path };
}

/** A route with its route key, and the method and path in that key. */
export interface ContractRoute<R = Route> {
  readonly routeKey: string;
  readonly method: HttpMethod;
  readonly path: `/${string}`;
  readonly route: R;
}

/** Returns the routes of a contract, in the contract's order. */
export function routesOf<A extends Api>({
  routes,
}: A): readonly ContractRoute<A['routes'][keyof A['routes']] & Route>[] {
  return Object.entries(routes).map(([routeKey, route]) => {
    const { method, path } = splitRoute(routeKey);
    return { routeKey, method, path, route };
  });
}

export function isOperation(route: Route): route is OperationRoute {
  return 'operation' in route;
}

export function isHandler(route: Route): route is HandlerRoute {
  return 'handler' in route;
}

/** Returns the path of the route that reads an item: the operation `read`, or else a GET route with a handler. */
export function itemPathOf(api: Api): string | undefined {
  const routes = routesOf(api).filter(({ method, path }) => method === 'GET' && identifiesItem(path, api));
  const read = routes.find(({ route }) => isOperation(route) && route.operation === 'read');
  return (read ?? routes.find(({ route }) => !isOperation(route)))?.path;
}

/** Whether the path parameters are exactly the key fields. Key fields that are claims of the token may be missing. */
function identifiesItem(path: string, api: Api): boolean {
  const parameters = pathParameters(path);
  const [keys, claims] = [keyFields(api.key), claimFields(api)];
  return (
    parameters.every((name) => keys.includes(name)) &&
    keys.every((name) => parameters.includes(name) || claims.includes(name))
  );
}

/** Returns the route's `auth`, or the contract's default. */
export function authOf({ auth }: Api, route: Route): Auth {
  return route.auth ?? auth?.default ?? 'none';
}

/** Statuses whose answers have no body (RFC 9110, 6.4.1). */
export const STATUSES_WITHOUT_BODY: readonly number[] = [204, 205, 304];

/** Returns the name of the type of a schema, without null. */
export function typeOf(schema: Schema): string {
  if (schema.type === undefined) return typeof schema.const;
  return typeof schema.type === 'string' ? schema.type : schema.type[0];
}

const MANAGED_SCHEMAS: Readonly<Record<Extract<Managed, string>, Schema>> = {
  uuid: { type: 'string', format: 'uuid' },
  createdAt: { type: 'string', format: 'date-time' },
  updatedAt: { type: 'string', format: 'date-time' },
  version: { type: 'integer', minimum: 1 },
  counter: { type: 'integer' },
};

/** Returns the schema of a managed field in answers. */
export function managedSchema(how: Managed): Schema {
  if (typeof how === 'string') return MANAGED_SCHEMAS[how];
  if ('random' in how)
    return { type: 'string', minLength: how.random, maxLength: how.random, pattern: '^[A-Za-z0-9]+$' };
  return 'claim' in how ? { type: 'string', minLength: 1 } : { type: 'string', format: 'date-time' };
}

/** Returns the schema of a field of the item or of a managed field. @returns undefined for any other name */
export function fieldSchema({ item, managed = {} }: Api, name: string): Schema | undefined {
  if (Object.hasOwn(item.properties, name)) return item.properties[name];
  const how = Object.hasOwn(managed, name) ? managed[name] : undefined;
  return how && managedSchema(how);
}

/** Returns the schema of a body: the item's schema without the fields that are path parameters. */
export function bodySchema({ item }: Api, path: string): ItemSchema {
  const inPath = pathParameters(path);
  if (!inPath.some((name) => Object.hasOwn(item.properties, name))) return item;
  const properties = Object.fromEntries(Object.entries(item.properties).filter(([name]) => !inPath.includes(name)));
  return { ...item, properties, required: (item.required ?? []).filter((name) => !inPath.includes(name)) };
}

/** Returns the managed fields whose values are claims of the caller's token. */
export function claimFields({ managed = {} }: Api): readonly string[] {
  return Object.entries(managed).flatMap(([field, how]) => (typeof how === 'object' && 'claim' in how ? [field] : []));
}

/** Returns the fields whose values come from the path or the caller's claims, not from the body. */
export function pathAndClaimFields(api: Api, path: string): readonly string[] {
  return [...pathParameters(path), ...claimFields(api)];
}
