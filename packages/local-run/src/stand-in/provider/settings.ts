/** What the configuration says in the block of a provider. */
export interface Settings {
  readonly region: string;
  readonly account: string;
  /** Tags of all resources. */
  readonly defaultTags: Readonly<Record<string, string>>;
}

export const DEFAULT_SETTINGS: Settings = { region: 'us-east-1', account: '000000000000', defaultTags: {} };
