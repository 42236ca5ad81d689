/** Makes the schema of a part of an object. */
import type { ItemSchema, ObjectSchema, Schema } from '../contract/schema';

/** The schemas that were made, so that a route makes each of them once. */
const partialSchemas = new WeakMap<ObjectSchema, ItemSchema>();

/** Returns the schema with all fields optional and without defaults. */
export function partialSchema(schema: ObjectSchema): ItemSchema {
  let partial = partialSchemas.get(schema);
  if (!partial) {
    const fields = Object.entries(schema.properties).map(([name, field]) => [name, withoutDefault(field)] as const);
    partial = { type: 'object', properties: Object.fromEntries(fields) };
    partialSchemas.set(schema, partial);
  }
  return partial;
}

function withoutDefault(schema: Schema): Schema {
  const { default: _, ...rest } = schema;
  return rest;
}
