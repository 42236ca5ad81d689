/** Makes the answers of operations that answer with one item. */
import type { Model } from '../contract/model';
import { claimFields, isOperation, pathParameters, routesOf, splitRoute } from '../contract/model';
import type { Answer, Request } from '../http/serve';
import { etagOf } from './etag';
import { type Item, toVisible } from './item';
import type { RouteSetup } from './operation';

type Headers = Readonly<Record<string, string>>;

/** The item, with its ETag if it has a version. */
export function itemAnswer(status: number, item: Item, model: Model, headers: Headers = {}): Answer {
  const etag = etagOf(item, model);
  return { status, headers: etag === undefined ? headers : { etag, ...headers }, body: toVisible(item, model) };
}

/** Makes the answer to the creation of an item: 201 with its `Location`. */
export type CreatedAnswer = (item: Item, request: Request, headers?: Headers) => Answer;

export function prepareCreatedAnswer({ model, routeKey }: RouteSetup<unknown>): CreatedAnswer {
  const depth = depthOf(splitRoute(routeKey).path);
  const target = itemPath(model);
  return (item, { urlPath }, headers = {}) => {
    if (target === undefined) return itemAnswer(201, item, model, headers);
    const location =
      basePath(urlPath, depth) + target.replace(/\{([^}]+)\}/g, (_, name: string) => encoded(item[name]));
    return itemAnswer(201, item, model, { location, ...headers });
  };
}

function encoded(value: unknown): string {
  return encodeURIComponent(String(value));
}

/** The path of the route that reads an item: the operation `read`, or else a GET route with a handler. */
function itemPath(model: Model): string | undefined {
  const routes = routesOf(model.api).filter(({ method, path }) => method === 'GET' && namesKey(path, model));
  const read = routes.find(({ route }) => isOperation(route) && route.operation === 'read');
  return (read ?? routes.find(({ route }) => !isOperation(route)))?.path;
}

/** Whether the parameters of the path are the fields of the key. Claims may be left out: the token gives them. */
function namesKey(path: string, { keys, api }: Model): boolean {
  const parameters = pathParameters(path);
  const claims = claimFields(api);
  return (
    parameters.every((name) => keys.includes(name)) &&
    keys.every((name) => parameters.includes(name) || claims.includes(name))
  );
}

/** The segments of the URL's path before those of the route: the stage, or the base path of a custom domain. */
function basePath(urlPath: string, depth: number): string {
  const segments = urlPath.replace(/\/$/, '').split('/');
  return segments.slice(0, Math.max(1, segments.length - depth)).join('/');
}

function depthOf(path: string): number {
  return path.split('/').length - 1;
}
