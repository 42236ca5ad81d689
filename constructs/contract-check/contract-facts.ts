/** Facts about a contract that the checks of its routes need. */
import type { AuthChecks } from './auth';
import type { Fields } from './fields';
import type { KeyNames } from './keys';

export interface ContractFacts {
  readonly fields: Fields;
  readonly auth: AuthChecks;
  /** The key of the table. */
  readonly key: KeyNames;
  /** The keys of the indexes, by index name. */
  readonly indexes: ReadonlyMap<string, KeyNames>;
  /** The name of the field with the time of expiry. */
  readonly ttl: unknown;
  /** Whether the contract has `answers`, and therefore the tutorial's operations. */
  readonly isTutorial: boolean;
}
