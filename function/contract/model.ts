/** Facts that follow from a contract. The function, the stack and the OpenAPI document share them. */
import type { Api, Auth, HandlerRoute, Key, Managed, OperationRoute, Route } from './api';
import type { HttpMethod } from '../http/contract';
import type { ItemSchema, Schema } from './schema';

export interface Model {
  readonly api: Api;
  /** The partition key, and the sort key if there is one. */
  readonly keys: readonly string[];
  readonly managed: readonly (readonly [field: string, how: Managed])[];
  /** Names of the managed fields with these meanings. */
  readonly version: string | undefined;
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
  /** The field after whose time an item expires. It is a date-time for callers, and seconds since the epoch in the table. */
  readonly ttl: string | undefined;
}

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

/** The fields of a key: the partition key, and the sort key if there is one. */
export function keyFields(key: Key): readonly string[] {
  return typeof key === 'string' ? [key] : key;
}

/** The key fields of the table and of its indexes, each once. */
export function allKeyFields({ key, indexes = {} }: Api): readonly string[] {
  return [...new Set([key, ...Object.values(indexes).map((index) => index.key)].flatMap(keyFields))];
}

/** `['customerId', 'orderId']` of `/customers/{customerId}/orders/{orderId}`. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
}

/** @example splitRoute('GET /todos/{id}') // { method: 'GET', path: '/todos/{id}' } */
export function splitRoute(routeKey: string): { readonly method: HttpMethod; readonly path: `/${string}` } {
  const [method, path] = routeKey.split(' ') as [HttpMethod, `/${string}`];
  return { method, path };
}

/** A route with its key, and the two parts of the key. */
export interface ContractRoute<R = Route> {
  readonly routeKey: string;
  readonly method: HttpMethod;
  readonly path: `/${string}`;
  readonly route: R;
}

/** The routes of a contract, in its order. */
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

/** How a route checks its callers. */
export function authOf({ auth }: Api, route: Route): Auth {
  return route.auth ?? auth?.default ?? 'none';
}

const MANAGED_SCHEMAS: Readonly<Record<Extract<Managed, string>, Schema>> = {
  uuid: { type: 'string', format: 'uuid' },
  createdAt: { type: 'string', format: 'date-time' },
  updatedAt: { type: 'string', format: 'date-time' },
  version: { type: 'integer', minimum: 1 },
  counter: { type: 'integer' },
};

/** The schema of a managed field as it is answered. */
export function managedSchema(how: Managed): Schema {
  if (typeof how === 'string') return MANAGED_SCHEMAS[how];
  if ('random' in how)
    return { type: 'string', minLength: how.random, maxLength: how.random, pattern: '^[A-Za-z0-9]+$' };
  return 'claim' in how ? { type: 'string', minLength: 1 } : { type: 'string', format: 'date-time' };
}

/** The schema of a field of the item or of a managed field. @returns undefined for any other name */
export function fieldSchema({ item, managed = {} }: Api, name: string): Schema | undefined {
  if (Object.hasOwn(item.properties, name)) return item.properties[name];
  const how = Object.hasOwn(managed, name) ? managed[name] : undefined;
  return how && managedSchema(how);
}

/** The item without the fields that the path gives: the schema of a body. */
export function bodySchema({ item }: Api, path: string): ItemSchema {
  const inPath = pathParameters(path);
  if (!inPath.some((name) => Object.hasOwn(item.properties, name))) return item;
  const properties = Object.fromEntries(Object.entries(item.properties).filter(([name]) => !inPath.includes(name)));
  return { ...item, properties, required: (item.required ?? []).filter((name) => !inPath.includes(name)) };
}

/** Managed fields that the caller's token gives. */
export function claimFields({ managed = {} }: Api): readonly string[] {
  return Object.entries(managed).flatMap(([field, how]) => (typeof how === 'object' && 'claim' in how ? [field] : []));
}

/** The fields whose values a request of this path gives: path parameters and claims. */
export function givenFields(api: Api, path: string): readonly string[] {
  return [...pathParameters(path), ...claimFields(api)];
}
