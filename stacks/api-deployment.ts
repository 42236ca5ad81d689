/** What differs between the deployments of APIs: names, ids, and what is not in their contracts. */
import type { CrudApiProps } from '../constructs/crud-api-props';

/** What a name starts with in every environment, and what it ends with. See `resourceName`. */
export type NameParts = readonly [start: string, end?: string];

export interface ApiNames {
  readonly table: NameParts;
  readonly function: NameParts;
  readonly role: NameParts;
  readonly api: NameParts;
  readonly apiKey: NameParts;
  readonly usagePlan: NameParts;
}

/** What differs from the defaults of CrudApi. */
export interface ApiDeployment extends Pick<CrudApiProps, 'tableId' | 'functionWords' | 'bodySchemas'> {
  readonly names: ApiNames;
  /** Whether the setting `functionPerRoute` applies. @default true */
  readonly functionPerRoute?: boolean;
  /** @param tableName the table's name in this environment */
  readonly examples?: (tableName: string) => NonNullable<CrudApiProps['examples']>;
}
