/** Makes example requests from a contract. The console page of the local run fills its forms with them. */
import type { Api, HandlerRoute, ListRoute, OperationRoute } from '../function/contract/api';
import { exampleObject, exampleOf } from '../function/contract/example';
import {
  bodySchema,
  type ContractRoute,
  fieldSchema,
  pathAndClaimFields,
  isOperation,
  keyFields,
  pathParameters,
} from '../function/contract/model';
import type { RouteExample } from './route-example';

/** The text that the console page fills in for a path parameter without a value. */
const DEFAULT_TEXT = 'example-1';

/**
 * Makes the example request of a route.
 * @returns undefined for a route without body and query, whose path parameters are all `example-1`
 */
export function requestExample(api: Api, { route, path }: ContractRoute): RouteExample | undefined {
  const body = isOperation(route) ? operationBody(api, route, path) : handlerBody(route);
  const query = isOperation(route) ? listQuery(api, route, path) : Object.keys(route.query ?? {});
  const values = parameterValues(api, path, query);
  const example = {
    ...(body !== undefined && { body }),
    ...(query.length > 0 && { query }),
    ...(Object.keys(values).length > 0 && { values }),
  };
  return Object.keys(example).length > 0 ? example : undefined;
}

function operationBody(api: Api, { operation }: OperationRoute, path: string): unknown {
  if (!['create', 'put', 'replace', 'update'].includes(operation)) return undefined;
  const schema = bodySchema(api, path);
  // An update cannot change the key of an item.
  const excluded = operation === 'update' ? keyFields(api.key) : [];
  const properties = Object.fromEntries(Object.entries(schema.properties).filter(([name]) => !excluded.includes(name)));
  return exampleObject({ properties }, keyTexts(api));
}

function handlerBody({ body }: HandlerRoute): unknown {
  return body === undefined || body === 'raw' ? undefined : exampleObject(body);
}

/** Returns the example texts of the key fields. Path parameters of key fields have the same texts. */
export function keyTexts({ key }: Api): Record<string, string> {
  return Object.fromEntries(keyFields(key).map((name) => [name, DEFAULT_TEXT]));
}

function listQuery(api: Api, route: OperationRoute, path: string): readonly string[] {
  if (route.operation !== 'list') return [];
  if (api.answers) return ['limit', 'nextToken'];
  const { partition, sortKey } = listKey(api, route);
  const given = pathAndClaimFields(api, path);
  const names = [
    ...(route.index !== undefined && !given.includes(partition) ? [partition] : []),
    ...(route.filters ?? []),
    ...(sortKey === undefined ? [] : ['order']),
    ...['limit', 'cursor'],
  ];
  return [...new Set(names)];
}

function listKey({ key, indexes = {} }: Api, { index }: ListRoute) {
  const [partition = '', sortKey] = keyFields(index === undefined ? key : (indexes[index]?.key ?? key));
  return { partition, sortKey };
}

/** Returns values of path parameters, except `example-1`, and of the query parameter with the partition key of an index. */
function parameterValues(api: Api, path: string, query: readonly string[]): Record<string, string> {
  const inPath = pathParameters(path).map((name) => [name, textOf(api, name)]);
  const [first = ''] = query;
  const isPartition = Object.values(api.indexes ?? {}).some(({ key }) => keyFields(key)[0] === first);
  return Object.fromEntries([
    ...inPath.filter(([, text]) => text !== DEFAULT_TEXT),
    ...(isPartition ? [[first, textOf(api, first)]] : []),
  ]) as Record<string, string>;
}

/** Returns the example text of a field. Bodies have the same text, so the example of a read finds the item of a create. */
function textOf(api: Api, name: string): string {
  const schema = fieldSchema(api, name);
  return schema ? String(exampleOf(schema, name, keyTexts(api)[name])) : DEFAULT_TEXT;
}
