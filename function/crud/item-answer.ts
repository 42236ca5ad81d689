/** Makes answers that contain one item. */
import type { Model } from '../contract/model';
import { itemPathOf, splitRoute } from '../contract/model';
import type { Answer, Request } from '../http/serve';
import { etagOf } from './etag';
import { type Item, toVisible } from './item';
import type { RouteSetup } from './operation';

type Headers = Readonly<Record<string, string>>;

/** Makes an answer with the item, and with its ETag if the contract has a version. */
export function itemAnswer(status: number, item: Item, model: Model, headers: Headers = {}): Answer {
  const etag = etagOf(item, model);
  return { status, headers: etag === undefined ? headers : { etag, ...headers }, body: toVisible(item, model) };
}

/** Makes the answer to the creation of an item: 201 with its `Location`. */
export type CreatedAnswer = (item: Item, request: Request, headers?: Headers) => Answer;

export function prepareCreatedAnswer({ model, routeKey }: RouteSetup<unknown>): CreatedAnswer {
  const segmentCount = countSegments(splitRoute(routeKey).path);
  const target = itemPathOf(model.api);
  return (item, { urlPath }, headers = {}) => {
    if (target === undefined) return itemAnswer(201, item, model, headers);
    const location =
      basePath(urlPath, segmentCount) + target.replace(/\{([^}]+)\}/g, (_, name: string) => encode(item[name]));
    return itemAnswer(201, item, model, { location, ...headers });
  };
}

function encode(value: unknown): string {
  return encodeURIComponent(String(value));
}

/** Returns the part of the URL's path before the path of the route: the stage, or the base path of a custom domain. */
function basePath(urlPath: string, segmentCount: number): string {
  const segments = urlPath.replace(/\/$/, '').split('/');
  return segments.slice(0, Math.max(1, segments.length - segmentCount)).join('/');
}

function countSegments(path: string): number {
  return path.split('/').length - 1;
}
