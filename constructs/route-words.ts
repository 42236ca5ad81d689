/** Makes the words that name the functions of routes, when each route has its own function. */
import { isOperation, type ContractRoute } from '../function/contract/model';
import { routeName } from './route-name';

/**
 * Makes a unique word for each route: its operation or handler, with the index of a list or the field of an increment. If an
 * earlier route has the same word, the method and path follow. So a route that is added at the end changes no other name.
 * @param reserved words of other functions
 * @returns words by route key
 * @example routeWords(routesOf(orders)) // 'GET /orders': 'list-by-status'
 */
export function routeWords(
  routes: readonly ContractRoute[],
  reserved: readonly string[] = [],
): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  // The word is the Terraform name of the function's log group. The log group of the API has the Terraform name `api`.
  const taken = new Set(['api', ...reserved]);
  for (const route of routes) {
    const word = wordOf(route);
    const long = `${word}-${routeName(route).replaceAll('_', '-')}`;
    let unique = taken.has(word) ? long : word;
    // A handler can have the same name as a generated word.
    for (let number = 2; taken.has(unique); number += 1) unique = `${long}-${number}`;
    taken.add(unique);
    words.set(route.routeKey, unique);
  }
  return words;
}

function wordOf({ route }: ContractRoute): string {
  if (!isOperation(route)) return handlerWord(route.handler);
  if (route.operation === 'list' && route.index !== undefined) return `list-${hyphenated(route.index)}`;
  return route.operation === 'increment' ? `increment-${hyphenated(route.field)}` : route.operation;
}

/** Names in Terraform begin with a letter: `_` becomes `handler`, and `$1` becomes `handler-1`. */
function handlerWord(handler: string): string {
  const word = hyphenated(handler).replace(/^-/, '');
  return /^[a-z]/.test(word) ? word : ['handler', word].filter((part) => part !== '').join('-');
}

/** `byStatus`: `by-status`. */
function hyphenated(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
}
