/** What the checks of a contract's routes know about the rest of it. */
import type { AuthChecks } from './auth';
import type { Fields } from './fields';
import type { KeyNames } from './keys';

export interface ContractFacts {
  readonly fields: Fields;
  readonly auth: AuthChecks;
  /** The key of the table. */
  readonly key: KeyNames;
  /** The keys of the indexes by the names of the indexes. */
  readonly indexes: ReadonlyMap<string, KeyNames>;
  /** The field with the time after which items expire. */
  readonly ttl: unknown;
  /** Whether the contract has `answers`, and so the tutorial's operations. */
  readonly isTutorial: boolean;
}
