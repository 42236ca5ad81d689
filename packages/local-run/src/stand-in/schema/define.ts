/** Writes schemas of small providers as TypeScript. */
import type { Attribute, Block, NestedBlock, ProviderSchemas, Schema, Type } from './schema';

const EMPTY: Schema = { version: 0, block: { attributes: {}, blocks: {} } };

/** @param defaultValue the value that the provider plans when the configuration sets none */
export function optional(type: Type, defaultValue?: unknown): Attribute {
  return { type, optional: true, ...(defaultValue !== undefined && { computed: true, default: defaultValue }) };
}

export const required = (type: Type): Attribute => ({ type, required: true });

export const computed = (type: Type): Attribute => ({ type, computed: true });

export const secret = (type: Type): Attribute => ({ type, computed: true, sensitive: true });

export const optionalComputed = (type: Type): Attribute => ({ type, optional: true, computed: true });

export const MAP_OF_STRINGS: Type = ['map', 'string'];

/** A schema with an id. */
export function schema(
  attributes: Readonly<Record<string, Attribute>>,
  blocks: Readonly<Record<string, NestedBlock>> = {},
): Schema {
  return { version: 0, block: { attributes: { id: computed('string'), ...attributes }, blocks } };
}

export function nested(nesting: NestedBlock['nesting'], attributes: Block['attributes'], max = 0): NestedBlock {
  return { nesting, min: 0, max, block: { attributes, blocks: {} } };
}

export function providerSchemas(
  resources: Readonly<Record<string, Schema>>,
  dataSources: Readonly<Record<string, Schema>> = {},
  provider: Schema = EMPTY,
): ProviderSchemas {
  return {
    provider,
    resources: new Map(Object.entries(resources)),
    dataSources: new Map(Object.entries(dataSources)),
    ephemeralResources: new Map(),
  };
}
