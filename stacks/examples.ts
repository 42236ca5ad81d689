/** Makes examples of requests from the contract of a CRUD API. */
import type { RouteExample } from '../constructs/example';
import { type CrudContract, type CrudOperation, operationNeeds } from '../function/crud/contract';

export function exampleOf({ key, schema }: CrudContract, operation: CrudOperation): RouteExample | undefined {
  const { query, takesBody } = operationNeeds[operation];
  if (!takesBody && !query) return undefined;
  const fields = Object.entries(schema.properties).map(([name, { type }]) => {
    // The console page fills path parameters with the same id.
    if (name === key) return [name, 'example-1'];
    return [name, type === 'number' ? 1 : `an example of ${name}`];
  });
  return { ...(takesBody && { body: Object.fromEntries(fields) as object }), ...(query && { query }) };
}
