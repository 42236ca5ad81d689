/** Routes as a person sees them. */
import type { ApiDeployment, Deployment, RouteDeployment } from '../model/deployment';

/** Returns all routes of an API, whatever its kind. */
export function routesOf({ routes }: ApiDeployment): readonly RouteDeployment[] {
  return routes;
}

/** Returns the routes without the MOCK integrations that answer preflight requests: only browsers send these requests. */
export function shownRoutes(api: ApiDeployment): readonly RouteDeployment[] {
  return routesOf(api).filter((route) => !('mock' in route && route.routeKey.startsWith('OPTIONS ')));
}

/**
 * Returns the method and the path of the requests that a route serves. The path contains the stage, except `$default`.
 * @example
 * requestOf({ stage: 'live' }, 'GET /items/{id}'); // { method: 'GET', path: '/live/items/{id}' }
 */
export function requestOf(
  { stage }: Pick<ApiDeployment, 'stage'>,
  routeKey: string,
): { readonly method: string; readonly path: string } {
  const [method = '', path = ''] = routeKey.split(' ');
  return { method, path: stage === '$default' ? path : `/${stage}${path}` };
}

/** Formats a route: `GET /live/items/{id}`, or `$default`. */
export function routeText(api: Pick<ApiDeployment, 'stage'>, routeKey: string): string {
  const { method, path } = requestOf(api, routeKey);
  return `${method} ${path}`.trimEnd();
}

/** Returns the name of the function that answers a route, `MOCK`, or `answers 501`. */
export function routeTarget(route: RouteDeployment, { functions }: Pick<Deployment, 'functions'>): string {
  if (route.notSimulated) return 'answers 501';
  if ('mock' in route) return 'MOCK';
  return functions.find(({ arn }) => arn === route.functionArn)?.name ?? '';
}
