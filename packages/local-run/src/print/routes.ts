/** The routes that a person wants to see. */
import type { ApiDeployment, RouteDeployment } from '../model/deployment';

/** @returns the routes without MOCK integrations, such as the answers to preflight requests */
export function shownRoutes({ routes }: ApiDeployment): readonly RouteDeployment[] {
  return (routes as readonly RouteDeployment[]).filter((route) => !('mock' in route));
}
