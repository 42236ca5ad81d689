/** Examples of requests to CRUD routes, made from their contracts. */
import type { RouteExample } from '../constructs/example';

interface Field {
  readonly type: 'string' | 'number';
}

interface CrudRoute {
  readonly path: string;
  readonly body?: { readonly properties: Readonly<Record<string, Field>> };
  readonly query?: readonly string[];
}

/** @param key the partition key's name: its example is that of the paths' parameters too */
export function exampleOf({ body, query }: CrudRoute, key: string): RouteExample | undefined {
  if (!body && !query) return undefined;
  const fields = Object.entries(body?.properties ?? {}).map(([name, { type }]) => {
    if (name === key) return [name, 'example-1'];
    return [name, type === 'number' ? 1 : `an example of ${name}`];
  });
  return { ...(body && { body: Object.fromEntries(fields) as object }), ...(query && { query }) };
}
