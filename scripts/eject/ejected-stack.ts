/** A stack that `npm run eject` wrote, as the README of the folder describes it. */
import type { Archive } from './archives';
import type { Block } from './hcl';
import type { Candidate } from './variables';

export interface EjectedStack {
  readonly name: string;
  readonly variables: readonly Candidate[];
  readonly archives: readonly Archive[];
  /** The section `terraform` of the stack. */
  readonly configuration: Block;
  /** Names of the files. */
  readonly files: readonly string[];
  readonly sections: Block;
}

/** Name of the stack with the state bucket. */
export const STATE = 'state';
