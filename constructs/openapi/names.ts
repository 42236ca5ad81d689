/** Makes names of schemas and operations in OpenAPI documents, and words of summaries. */
import type { Api, Route } from '../../function/contract/api';
import { isOperation, routesOf } from '../../function/contract/model';

/** @example wordsOf('order-lines') // { one: 'order line', many: 'order lines' } */
export function wordsOf(apiName: string): { readonly one: string; readonly many: string } {
  const many = apiName.replaceAll('-', ' ');
  return { one: singular(many), many };
}

/** Names of the schemas of errors, which every document has. */
const ERROR_SCHEMAS = ['ProblemDetails', 'GatewayError'];

/** Returns the name of the schema of an API's items. @example schemaName('order-lines') // 'OrderLine' */
export function schemaName(apiName: string): string {
  const name = pascalCase(wordsOf(apiName).one);
  return ERROR_SCHEMAS.includes(name) ? `${name}Item` : name;
}

/** @example withArticle('order') // 'an order' */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/**
 * Makes unique operation ids for all routes, by route key. Routes that differ only in their methods or path parameters also
 * have the method and the parameters in their ids. Adding a route changes an existing id only if both have the same words.
 * @example operationIds(orders).get('GET /customers/{customerId}/orders') // 'listCustomersOrders'
 */
export function operationIds(api: Api): ReadonlyMap<string, string> {
  const routes = routesOf(api);
  const short = routes.map(({ path, route }) => shortId(path, route));
  // The id of a route with a handler is the handler's name, which is unique.
  const taken = new Set(routes.flatMap(({ route }) => (isOperation(route) ? [] : [route.handler])));
  return new Map(
    routes.map(({ routeKey, method, path, route }, at) => {
      const id = short[at] ?? '';
      if (!isOperation(route)) return [routeKey, id];
      const parameters = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = '']) => pascalCase(name));
      const long = `${id}${pascalCase(method.toLowerCase())}${parameters.join('')}`;
      const unique = unusedName(short.indexOf(id) === short.lastIndexOf(id) ? id : long, taken);
      taken.add(unique);
      return [routeKey, unique];
    }),
  );
}

/** Adds a number to a taken name. `/a/b` and `/a-b` have the same words, so their names are equal. */
function unusedName(name: string, taken: ReadonlySet<string>): string {
  let unused = name;
  for (let number = 2; taken.has(unused); number += 1) unused = `${name}${number}`;
  return unused;
}

function shortId(path: string, route: Route): string {
  if (!isOperation(route)) return route.handler;
  const segments = path.split('/').filter((segment) => segment !== '' && !segment.startsWith('{'));
  const last = segments.pop() ?? '';
  // The last segment of an increment names the counter.
  const isPlural = route.operation === 'list' || route.operation === 'increment';
  return route.operation + [...segments, isPlural ? last : singular(last)].map(pascalCase).join('');
}

function singular(noun: string): string {
  if (/[^aeiou]ies$/.test(noun)) return noun.replace(/ies$/, 'y');
  if (/(ss|x|ch|sh)es$/.test(noun)) return noun.replace(/es$/, '');
  return /[^su]s$/.test(noun) ? noun.slice(0, -1) : noun;
}

function pascalCase(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
