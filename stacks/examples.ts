/** Makes example requests from the contract of a CRUD API. The console page of the local run shows them. */
import type { RouteExample } from '../constructs/route-example';
import { type CrudContract, type CrudOperation, operationNeeds } from '../function/crud/contract';

/** Makes the example for an operation. @returns undefined when the operation takes neither a body nor query parameters */
export function exampleOf({ key, schema }: CrudContract, operation: CrudOperation): RouteExample | undefined {
  const { query, takesBody } = operationNeeds[operation];
  if (!takesBody && !query) return undefined;
  const fields = Object.entries(schema.properties).map(([name, { type }]) => {
    // The console page uses the same id in path parameters.
    if (name === key) return [name, 'example-1'];
    return [name, type === 'number' ? 1 : `an example of ${name}`];
  });
  return { ...(takesBody && { body: Object.fromEntries(fields) as object }), ...(query && { query }) };
}
