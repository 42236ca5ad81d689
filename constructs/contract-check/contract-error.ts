/** Defines the error that reports the faults of contracts. */

/** One fault of a contract. */
export interface ContractFault {
  /** The place in the contract: `item.properties.title.maxLenght`. Empty for the contract as a whole. */
  readonly path: string;
  /** What is wrong, what was seen, and what is allowed. */
  readonly message: string;
}

/** Reports all faults of all contracts together. The message names each keyword at fault, so readers need no stack trace. */
export class ContractError extends Error {
  override readonly name = 'ContractError';

  /** @param faults faults by contract name */
  constructor(readonly faults: ReadonlyMap<string, readonly ContractFault[]>) {
    super([...faults].map(([name, list]) => section(name, list)).join('\n'));
  }
}

function section(name: string, faults: readonly ContractFault[]): string {
  const head = `The contract ${name} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:`;
  return [head, ...faults.map((fault) => `  ${faultText(fault)}`)].join('\n');
}

/** @example faultText({ path: 'key', message: 'names x, which is no field' }) // 'key names x, which is no field' */
export function faultText({ path, message }: ContractFault): string {
  return path === '' ? message : `${path} ${message}`;
}
