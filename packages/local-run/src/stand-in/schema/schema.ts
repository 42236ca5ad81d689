/** Schemas of Terraform resources and data sources. */

/** A type as Terraform writes it in JSON: `"string"`, `["list", "string"]`, `["object", {"name": "string"}]`. */
export type Type =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', Type]
  | readonly ['object', Readonly<Record<string, Type>>, ...unknown[]]
  | readonly ['tuple', readonly Type[]];

export interface Attribute {
  readonly type: Type;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  /** Terraform never stores the value. */
  readonly writeOnly?: boolean;
  /** The value that the provider plans when the configuration sets none. */
  readonly default?: unknown;
}

export interface NestedBlock {
  readonly nesting: 'single' | 'list' | 'set' | 'map' | 'group';
  readonly block: Block;
  readonly min: number;
  readonly max: number;
}

export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, NestedBlock>>;
}

export interface Schema {
  readonly version: number;
  readonly block: Block;
}

export type Schemas = ReadonlyMap<string, Schema>;

export interface ProviderSchemas {
  /** The arguments of the provider block. */
  readonly provider: Schema;
  readonly resources: Schemas;
  readonly dataSources: Schemas;
  readonly ephemeralResources: Schemas;
}
