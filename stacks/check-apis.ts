/** Checks contracts, and whether the files of their functions exist, before the functions are bundled. */
import { checkContracts } from '../constructs/contract-check/check-contract';
import type { ContractFault } from '../constructs/contract-check/contract-error';
import type { Api } from '../function/contract/api';
import { entryFaults } from './function-entry';
import { OPERATIONS_STACK, STATE_STACK } from './names';
import { openWritingFaults } from './open-routes';
import type { Profile } from './settings';

/**
 * Checks contracts. A contract without faults is also checked for missing files of its functions.
 * @param profile `production` also refuses routes with which anybody may write @default 'development'
 * @throws ContractError with the faults of all contracts
 */
export function checkApis(contracts: readonly Api[], profile: Profile = 'development'): void {
  checkContracts(contracts, (api) => [
    ...nameFaults(api),
    ...entryFaults(api, contracts),
    ...(profile === 'production' ? openWritingFaults(api) : []),
  ]);
}

/** The name of a contract is the name of its stack. */
function nameFaults({ name }: Api): ContractFault[] {
  if (name !== OPERATIONS_STACK && name !== STATE_STACK) return [];
  return [{ path: 'name', message: `is ${name}, the name of a stack of this project; choose another name` }];
}
