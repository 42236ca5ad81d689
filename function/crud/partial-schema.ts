/** Schemas of some fields of an item. */
import type { ItemSchema, ObjectSchema, Schema } from '../contract/schema';

/** The schema of an object with any of the fields: none is required, and none is filled in. */
export function partialSchema({ properties }: ObjectSchema): ItemSchema {
  const fields = Object.entries(properties).map(([name, schema]) => [name, withoutDefault(schema)] as const);
  return { type: 'object', properties: Object.fromEntries(fields) };
}

function withoutDefault(schema: Schema): Schema {
  const { default: _, ...rest } = schema;
  return rest;
}
