/** Walks a value along its schema. */
import type { Block, NestedBlock, Type } from '../schema/schema';

type Convert = (value: unknown, type: Type) => unknown;

/**
 * Copies an object and converts its primitive values. Terraform requires all attributes, so absent attributes become null and
 * absent blocks become empty lists.
 */
export function mapObject(
  value: Readonly<Record<string, unknown>>,
  block: Block,
  convert: Convert,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, { type }] of Object.entries(block.attributes)) result[name] = mapValue(value[name], type, convert);
  for (const [name, nested] of Object.entries(block.blocks)) result[name] = mapBlock(value[name], nested, convert);
  return result;
}

/** A value that is not a plain list or object, such as an unknown value, is copied as it is. */
export function isPlain(value: unknown): value is object {
  if (value === null || typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

function mapBlock(value: unknown, { nesting, block }: NestedBlock, convert: Convert): unknown {
  const single = nesting === 'single' || nesting === 'group';
  if (value === undefined || value === null) {
    if (single) return null;
    return nesting === 'map' ? {} : [];
  }
  if (!isPlain(value)) return value;
  const map = (element: unknown) => (isPlain(element) ? mapObject(element as never, block, convert) : element);
  if (single) return map(value);
  return Array.isArray(value) ? value.map(map) : mapValues(value, map);
}

function mapValue(value: unknown, type: Type, convert: Convert): unknown {
  if (value === undefined || value === null) return null;
  if (typeof type === 'string') return convert(value, type);
  if (!isPlain(value)) return value;
  if (type[0] === 'object') {
    return Object.fromEntries(
      Object.entries(type[1]).map(([name, of]) => [name, mapValue((value as never)[name], of, convert)]),
    );
  }
  if (type[0] === 'tuple')
    return (value as unknown[]).map((element, index) => mapValue(element, type[1][index] ?? 'dynamic', convert));
  const element = (each: unknown) => mapValue(each, type[1], convert);
  return Array.isArray(value) ? value.map(element) : mapValues(value, element);
}

function mapValues(value: object, map: (element: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, map(element)]));
}
