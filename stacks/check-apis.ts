/** Checks contracts, and whether the files of their functions exist, before the functions are bundled. */
import { checkContracts } from '../constructs/contract-check/check-contract';
import type { Api } from '../function/contract/api';
import { entryFaults } from './function-entry';
import { openWritingFaults } from './open-routes';
import type { Profile } from './settings';

/**
 * Checks contracts. A contract without faults is also checked for missing files of its functions.
 * @param profile `production` also refuses routes with which anybody may write @default 'development'
 * @throws ContractError with the faults of all contracts
 */
export function checkApis(contracts: readonly Api[], profile: Profile = 'development'): void {
  checkContracts(contracts, (api) => [
    ...entryFaults(api, contracts),
    ...(profile === 'production' ? openWritingFaults(api) : []),
  ]);
}
