/** Describes how an API is deployed: its names, and the props of CrudApi that its contract does not decide. */
import type { CrudApiProps } from '../constructs/crud-api-props';

/** The start of a resource's name, and its end. `resourceName` puts the environment between them. */
export type NameParts = readonly [start: string, end?: string];

export type ApiNames = Readonly<Record<'table' | 'function' | 'role' | 'api' | 'apiKey' | 'usagePlan', NameParts>>;

/** Names of an API, and props that replace the defaults of CrudApi. */
export interface ApiDeployment extends Pick<CrudApiProps, 'tableId' | 'functionWords' | 'bodySchemas'> {
  readonly names: ApiNames;
  /** Whether the setting `functionPerRoute` applies to this API. @default true */
  readonly functionPerRoute?: boolean;
  /** Makes example requests by route key. @param tableName the table's name in this environment */
  readonly examples?: (tableName: string) => NonNullable<CrudApiProps['examples']>;
}
