/** Decides which fields a path or a query can contain. */
import type { Schema } from '../../function/contract/schema';

/** Whether the text of a parameter can be a value of the schema. */
export function isScalar(schema: Schema): boolean {
  return ['string', 'number', 'integer', 'boolean'].includes(typeOf(schema));
}

/** Returns the name of the type, without null. */
export function typeOf(schema: Schema): string {
  if (schema.type === undefined) return typeof schema.const;
  return typeof schema.type === 'string' ? schema.type : schema.type[0];
}

/** Whether null fits the schema's type. */
export function isNullable({ type }: Schema): boolean {
  return type === 'null' || Array.isArray(type);
}
