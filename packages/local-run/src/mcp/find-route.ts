/** Finds the API that a request of an agent is for, by its path and the routes of the APIs. */
import type { RouteDescription, StackDescription } from '../console/stacks';
import { Matcher } from '../services/api-gateway/match';
import { CallError } from './console-client';

export interface RequestTarget {
  readonly method: string;
  /** Path and query, or the URL of an API. */
  readonly path: string;
  /** The Terraform address of the API. */
  readonly api?: string | undefined;
}

export interface FoundRoute {
  readonly stack: string;
  readonly api: string;
  /** Path and query. */
  readonly path: string;
  /** Absent when no route of the API matches. */
  readonly route?: RouteDescription;
}

/** @throws CallError when no API, or more than one, fits the target */
export function findRoute(stacks: readonly StackDescription[], { method, path, api }: RequestTarget): FoundRoute {
  const { origin, target } = splitTarget(path);
  const apis = groupByApi(stacks.flatMap(({ routes }) => routes)).filter(
    ([first]) => (api === undefined || first?.api === api) && (origin === undefined || originOf(first?.url) === origin),
  );
  const [pathname = ''] = target.split('?');
  const found = apis.flatMap((routes) => {
    const [first] = routes;
    const route = matching(routes, method, pathname);
    return first ? [{ stack: first.stack, api: first.api, path: target, ...(route && { route }) }] : [];
  });
  const rank = Math.max(...found.map(rankOf));
  const candidates = found.filter((each) => rankOf(each) === rank);
  const [candidate] = candidates;
  if (candidate && candidates.length === 1) return candidate;
  throw new CallError(candidate ? severalMessage(method, path, candidates) : noneMessage(path, api));
}

function splitTarget(path: string): { readonly origin?: string; readonly target: string } {
  if (!URL.canParse(path)) return { target: path };
  const { origin, pathname, search } = new URL(path);
  return { origin: originOf(origin) ?? origin, target: `${pathname}${search}` };
}

/** Routes with a path precede `$default`, and `$default` precedes no route. */
function rankOf({ route }: FoundRoute): number {
  if (!route) return 0;
  return route.method === '$default' ? 1 : 2;
}

/** `localhost` and 127.0.0.1 are the same machine. */
function originOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url).origin.replace('//localhost', '//127.0.0.1');
}

function groupByApi(routes: readonly RouteDescription[]): RouteDescription[][] {
  const groups = new Map<string, RouteDescription[]>();
  for (const route of routes) {
    const key = JSON.stringify([route.stack, route.api]);
    groups.set(key, [...(groups.get(key) ?? []), route]);
  }
  return [...groups.values()];
}

/** The paths of descriptions contain the stage, unlike route keys. */
function matching(routes: readonly RouteDescription[], method: string, pathname: string): RouteDescription | undefined {
  const keyed = routes.map((route) => ({
    routeKey: routeKeyOf(route),
    route,
  }));
  return new Matcher(keyed).find(method.toUpperCase(), pathname)?.route.route;
}

/** The route `$default` of a named stage serves all paths of the stage. */
function routeKeyOf({ method, path }: RouteDescription): string {
  if (method !== '$default') return `${method} ${path}`;
  return path === '' ? '$default' : `ANY ${path}/{path+}`;
}

function severalMessage(method: string, path: string, candidates: readonly FoundRoute[]): string {
  const names = candidates.map(({ stack, api }) => `stack ${stack}, api ${api}`).join('; ');
  const what = candidates[0]?.route ? 'fits several APIs' : 'fits no route of these APIs';
  return `${method} ${path} ${what}: ${names}. Pass stack and api to choose one.`;
}

function noneMessage(path: string, api: string | undefined): string {
  const what = api === undefined ? `The run serves no API for ${path}.` : `The run serves no API ${api} for ${path}.`;
  return `${what} Pass the path, stack and api of a route from list_routes.`;
}
