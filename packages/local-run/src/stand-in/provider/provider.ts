/** A stand-in for one Terraform provider. */
import type { Attribute, ProviderSchemas } from '../schema/schema';
import type { Validator } from './checks';
import type { ValueGenerator } from './value-generator';
import type { Settings } from './settings';

/** Attributes of a resource or data source. Attributes without a value are null or absent. */
export type Values = Readonly<Record<string, unknown>>;

/** Returns attributes that the configuration does not set. */
export type Compute = (values: Values, generator: ValueGenerator) => Values;

export type ReadData = (config: Values, generator: ValueGenerator) => Values | Promise<Values>;

export interface Provider {
  readonly schemas: ProviderSchemas;
  /** By type. */
  readonly resources: Readonly<Record<string, Compute>>;
  /** Returns generated attributes that the real provider plans: other resources may count them with `for_each`. By type. */
  readonly planned?: Readonly<Record<string, (values: Values) => Values>>;
  /** Refuses values that the real provider refuses. By type. */
  readonly validators?: Readonly<Record<string, Validator>>;
  /** Restores what a resource of an earlier run made outside of the state, such as a file. By type. */
  readonly restore?: Readonly<Record<string, (prior: Values, generator: ValueGenerator) => void>>;
  /** By type. */
  readonly dataSources: Readonly<Record<string, ReadData>>;
  /** Generates an attribute that neither `resources` nor `dataSources` returns. */
  readonly generateAttribute?: (name: string, attribute: Attribute, generator: ValueGenerator) => unknown;
  /** Whether each change of a resource replaces the resource. */
  readonly replacesOnChange?: boolean;
  /** Reads the provider block. */
  readonly configure?: (config: Values) => Settings;
  readonly functions?: Readonly<Record<string, ProviderFunction>>;
}

export interface ProviderFunction {
  readonly parameters: readonly { readonly name: string; readonly type: unknown }[];
  readonly returns: unknown;
  readonly call: (...parameters: readonly unknown[]) => unknown;
}
