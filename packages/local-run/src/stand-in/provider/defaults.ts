/** Fills in the values that a provider plans for attributes that the configuration does not set. */
import { isPlain } from '../protocol/typed-values';
import type { Block } from '../schema/schema';
import type { Values } from './provider';

export function withDefaults(values: Values, { attributes, blocks }: Block): Record<string, unknown> {
  const result: Record<string, unknown> = { ...values };
  for (const [name, attribute] of Object.entries(attributes)) {
    if (attribute.default !== undefined && result[name] === null) result[name] = attribute.default;
  }
  for (const [name, { block }] of Object.entries(blocks)) {
    const value = result[name];
    const fill = (element: unknown) => (isPlain(element) ? withDefaults(element as Values, block) : element);
    if (Array.isArray(value)) result[name] = value.map(fill);
    else if (isPlain(value)) result[name] = fill(value);
  }
  return result;
}
