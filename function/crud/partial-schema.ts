/** Makes the schema of a part of an object. */
import type { ItemSchema, ObjectSchema, Schema } from '../contract/schema';

/** Returns the schema with all fields optional and without defaults. */
export function partialSchema({ properties }: ObjectSchema): ItemSchema {
  const fields = Object.entries(properties).map(([name, schema]) => [name, withoutDefault(schema)] as const);
  return { type: 'object', properties: Object.fromEntries(fields) };
}

function withoutDefault(schema: Schema): Schema {
  const { default: _, ...rest } = schema;
  return rest;
}
