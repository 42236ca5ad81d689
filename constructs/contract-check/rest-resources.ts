/** Checks the resources of a REST API. Each segment of a path is a resource; paths with the same beginning share resources. */
import { resourceName } from '../route-name';
import type { Place } from './place';

/** A route whose key has no faults. */
interface ResourceRoute {
  readonly key: string;
  readonly path: string;
  readonly place: Place;
}

/** API Gateway's quota for resources of a REST API. */
const MAX_RESOURCES = 300;

/** Reports more resources than API Gateway allows, and different resources with the same name in Terraform. */
export function checkResources(place: Place, routes: readonly ResourceRoute[]): void {
  const resources = new Map<string, { readonly path: string; readonly key: string }>();
  const paths = new Set<string>();
  for (const route of routes) {
    for (const path of pathsOf(route)) {
      const name = resourceName(path);
      const other = resources.get(name);
      if (other && other.path !== path) {
        route.place.fault(
          `has the resource ${path}, with the same name in Terraform as ${other.path} of ${other.key}: ${name}; ` +
            'change one of the paths',
        );
        break;
      }
      resources.set(name, other ?? { path, key: route.key });
      paths.add(path);
    }
  }
  if (paths.size > MAX_RESOURCES) {
    place.fault(
      `has paths with ${paths.size} different beginnings; each is a resource of the REST API, and API Gateway's quota is ` +
        `${MAX_RESOURCES}. Let paths begin with the same segments, or set gateway to 'http-api'`,
    );
  }
}

/** Returns the paths of a route's resources. The route `/a/b` has the resources `/a` and `/a/b`. */
function pathsOf({ path }: ResourceRoute): readonly string[] {
  const segments = path.split('/').slice(1);
  if (path === '/') return [];
  return segments.map((_, index) => `/${segments.slice(0, index + 1).join('/')}`);
}
