/** Finds or makes an example of a body from the schemas of a route: its OpenAPI operation, or the model of a REST API's method. */
import type { ApiDeployment, RouteDeployment } from '../model/deployment';
import { parseIfJson } from '../print/record';
import { isObject } from '../services/is-object';
import { exampleOf } from './schema-example';

type Json = Readonly<Record<string, unknown>>;

/** @returns undefined when the route has no schema of a body */
export function schemaBody(route: RouteDeployment, { openApi }: ApiDeployment): unknown {
  const hasDocument = openApi !== undefined && /^(POST|PUT|PATCH) /.test(route.routeKey);
  const documented = hasDocument ? documentedBody(parseIfJson(openApi), route.routeKey) : undefined;
  if (documented !== undefined) return documented;
  const schema = 'bodySchema' in route ? route.bodySchema : undefined;
  return isObject(schema) ? exampleOf(schema, schema) : undefined;
}

function documentedBody(document: unknown, routeKey: string): unknown {
  const [method = '', path = ''] = routeKey.split(' ');
  const media = at(document, 'paths', path, method.toLowerCase(), 'requestBody', 'content');
  if (!isObject(media)) return undefined;
  const json = Object.entries(media).find(([type]) => /[/+]json\b/.test(type))?.[1];
  if (!isObject(json)) return undefined;
  if (json['example'] !== undefined) return json['example'];
  const [example] = Object.values(isObject(json['examples']) ? json['examples'] : {});
  if (isObject(example) && example['value'] !== undefined) return example['value'];
  return isObject(json['schema']) ? exampleOf(json['schema'], document as Json) : undefined;
}

function at(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}
