/** Checks contracts, and whether they can be deployed, before their functions are bundled. */
import { checkContracts } from '../constructs/contract-check/check-contract';
import { deploymentFaults } from '../constructs/crud-api-auth';
import type { Api } from '../function/contract/api';
import { entryFaults } from './function-entry';

/**
 * Checks contracts. A contract without faults is also checked for parts that prevent its deployment.
 * @throws ContractError with the faults of all contracts
 */
export function checkApis(contracts: readonly Api[]): void {
  checkContracts(contracts, (api) => [...deploymentFaults(api), ...entryFaults(api, contracts)]);
}
