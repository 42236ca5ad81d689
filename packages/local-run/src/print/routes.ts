/** Routes as a person sees them. */
import type { ApiDeployment, Deployment, RouteDeployment } from '../model/deployment';
import { routesOf } from '../model/routes';

/** Returns the routes without the MOCK integrations that answer preflight requests: only browsers send these requests. */
export function shownRoutes(api: ApiDeployment): readonly RouteDeployment[] {
  return routesOf(api).filter((route) => !('mock' in route && route.routeKey.startsWith('OPTIONS ')));
}

/** Returns the name of the function that answers a route, `MOCK`, or `answers 501`. */
export function routeTarget(route: RouteDeployment, { functions }: Pick<Deployment, 'functions'>): string {
  if (route.notSimulated) return 'answers 501';
  if ('mock' in route) return 'MOCK';
  return functions.find(({ arn }) => arn === route.functionArn)?.name ?? '';
}
