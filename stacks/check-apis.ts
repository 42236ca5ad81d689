/** Checks everything about contracts before their functions are bundled. */
import { checkContracts } from '../constructs/contract-check/check-contract';
import { deploymentFaults } from '../constructs/crud-api-auth';
import type { Api } from '../function/contract/api';
import { entryFaults } from './function-entry';

/** @throws ContractError with the faults of all contracts: those of the contract itself, or what prevents its deployment */
export function checkApis(contracts: readonly Api[]): void {
  checkContracts(contracts, (api) => [...deploymentFaults(api), ...entryFaults(api, contracts)]);
}
