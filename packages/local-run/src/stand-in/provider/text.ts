/** Texts of attributes. */
import type { ValueGenerator } from './value-generator';
import type { Values } from './provider';

/** @param fallback the text of an attribute without a value */
export function text(value: unknown, fallback = ''): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : fallback;
}

/**
 * The name of a resource. AWS names need a value: without one, the provider generates the rest after the prefix.
 * @param attribute `bucket` for names in the attributes `bucket` and `bucket_prefix`
 * @param prefix the prefix of a resource without `name` and `name_prefix`
 */
export function generatedName(
  values: Values,
  generator: ValueGenerator,
  attribute = 'name',
  prefix = 'terraform-',
): string {
  const { [attribute]: name, [`${attribute}_prefix`]: configured } = values;
  return text(name, text(configured, prefix) + generator.suffix(attribute));
}
