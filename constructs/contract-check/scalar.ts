/** Decides which fields a path or a query can contain. */
import { typeOf } from '../../function/contract/model';
import type { Schema } from '../../function/contract/schema';

/** Whether the text of a parameter can be a value of the schema. */
export function isScalar(schema: Schema): boolean {
  return ['string', 'number', 'integer', 'boolean'].includes(typeOf(schema));
}

/** Whether null fits the schema's type. */
export function isNullable({ type }: Schema): boolean {
  return type === 'null' || Array.isArray(type);
}
