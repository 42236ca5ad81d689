/** Schemas as messages of the plugin protocol. */
import type { Attribute, Block, NestedBlock, ProviderSchemas, Schema, Schemas, Type } from '../schema/schema';

/** protobufjs reads 64-bit integers as objects. */
type Long = number | { toNumber(): number };

export interface SchemaMessage {
  readonly version: Long;
  readonly block: BlockMessage;
}

interface BlockMessage {
  readonly attributes: readonly {
    readonly name: string;
    readonly type: Uint8Array;
    readonly required: boolean;
    readonly optional: boolean;
    readonly computed: boolean;
    readonly sensitive: boolean;
    readonly write_only: boolean;
  }[];
  readonly block_types: readonly {
    readonly type_name: string;
    readonly block: BlockMessage;
    readonly nesting: number;
    readonly min_items: Long;
    readonly max_items: Long;
  }[];
}

type SchemaMessages = Readonly<Record<string, SchemaMessage>>;

/** The response of `GetSchema`. */
export interface SchemaResponse {
  readonly provider: SchemaMessage;
  readonly resource_schemas: SchemaMessages;
  readonly data_source_schemas: SchemaMessages;
  readonly ephemeral_resource_schemas: SchemaMessages;
}

/** By the number of the mode in the protocol. */
const NESTING = ['invalid', 'single', 'list', 'set', 'map', 'group'] as const;

export function toMessages({ provider, resources, dataSources, ephemeralResources }: ProviderSchemas): SchemaResponse {
  return {
    provider: toMessage(provider),
    resource_schemas: mapToMessages(resources),
    data_source_schemas: mapToMessages(dataSources),
    ephemeral_resource_schemas: mapToMessages(ephemeralResources),
  };
}

export function toMessage({ version, block }: Schema): SchemaMessage {
  return { version, block: blockMessage(block) };
}

export function fromMessages(response: SchemaResponse): ProviderSchemas {
  return {
    provider: fromMessage(response.provider),
    resources: mapFromMessages(response.resource_schemas),
    dataSources: mapFromMessages(response.data_source_schemas),
    ephemeralResources: mapFromMessages(response.ephemeral_resource_schemas),
  };
}

function mapToMessages(schemas: Schemas): SchemaMessages {
  return Object.fromEntries([...schemas].map(([type, schema]) => [type, toMessage(schema)]));
}

function mapFromMessages(messages: SchemaMessages): Schemas {
  return new Map(Object.entries(messages).map(([type, message]) => [type, fromMessage(message)]));
}

function fromMessage({ version, block }: SchemaMessage): Schema {
  return { version: toNumber(version), block: fromBlockMessage(block) };
}

function blockMessage({ attributes, blocks }: Block): BlockMessage {
  return {
    attributes: Object.entries(attributes).map(([name, attribute]) => {
      const { type, required = false, optional = false, computed = false, sensitive = false } = attribute;
      const flags = { required, optional, computed, sensitive, write_only: attribute.writeOnly ?? false };
      return { name, type: Buffer.from(JSON.stringify(type)), ...flags };
    }),
    block_types: Object.entries(blocks).map(([name, { nesting, block, min, max }]) => ({
      ...{ type_name: name, block: blockMessage(block), nesting: NESTING.indexOf(nesting) },
      ...{ min_items: min, max_items: max },
    })),
  };
}

function fromBlockMessage({ attributes, block_types: blocks }: BlockMessage): Block {
  return {
    attributes: Object.fromEntries(
      attributes.map(({ name, type, required, optional, computed, sensitive, write_only: writeOnly }) => [
        name,
        {
          type: JSON.parse(Buffer.from(type).toString()) as Type,
          ...{ required, optional, computed, sensitive, writeOnly },
        } satisfies Attribute,
      ]),
    ),
    blocks: Object.fromEntries(
      blocks.map(({ type_name: name, block, nesting, min_items: min, max_items: max }) => [
        name,
        {
          nesting: NESTING[nesting] as NestedBlock['nesting'],
          block: fromBlockMessage(block),
          ...{ min: toNumber(min), max: toNumber(max) },
        } satisfies NestedBlock,
      ]),
    ),
  };
}

function toNumber(value: Long): number {
  return typeof value === 'number' ? value : value.toNumber();
}
