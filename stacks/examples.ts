/** Makes examples of requests from the contract of a CRUD API. */
import type { RouteExample } from '../constructs/route-example';
import type { Api, OperationName } from '../function/contract/api';
import { keyFields } from '../function/contract/model';

export function exampleOf({ key, item }: Api, operation: OperationName): RouteExample | undefined {
  const takesBody = operation === 'put';
  const query = operation === 'list' ? ['limit', 'nextToken'] : undefined;
  if (!takesBody && !query) return undefined;
  const fields = Object.entries(item.properties).map(([name, { type }]) => {
    // The console page fills path parameters with the same id.
    if (keyFields(key).includes(name)) return [name, 'example-1'];
    return [name, type === 'number' ? 1 : `an example of ${name}`];
  });
  return { ...(takesBody && { body: Object.fromEntries(fields) as object }), ...(query && { query }) };
}
