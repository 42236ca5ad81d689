/** Routes as requests see them. */
import type { RouteDeployment } from './api';

/** Returns all routes of an API, whatever its kind. */
export function routesOf({ routes }: { readonly routes: readonly RouteDeployment[] }): readonly RouteDeployment[] {
  return routes;
}

interface Staged {
  readonly stage: string;
}

/**
 * Returns the method and the path of the requests that a route serves. The path contains the stage, except `$default`.
 * @example
 * requestOf({ stage: 'live' }, 'GET /items/{id}'); // { method: 'GET', path: '/live/items/{id}' }
 */
export function requestOf({ stage }: Staged, routeKey: string): { readonly method: string; readonly path: string } {
  const [method = '', path = ''] = routeKey.split(' ');
  return { method, path: stage === '$default' ? path : `/${stage}${path}` };
}

/** Formats a route: `GET /live/items/{id}`, or `$default`. */
export function routeText(api: Staged, routeKey: string): string {
  const { method, path } = requestOf(api, routeKey);
  return `${method} ${path}`.trimEnd();
}
