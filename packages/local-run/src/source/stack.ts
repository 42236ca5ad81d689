/** A stack that the run can serve, from any source: its resources and outputs, evaluated for the addresses of this run. */
import type { MadeUpValue } from '../model/deployment';
import type { NotSimulated } from '../model/not-simulated';
import type { Resource } from './terraform-json/resource';

export interface StackEvaluation {
  /** The resources and data sources whose types the local run simulates. */
  readonly resources: readonly Resource[];
  /** The outputs, without those that only AWS knows. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The names of the outputs that are not for the terminal. @default none */
  readonly sensitiveOutputs?: readonly string[];
  /** The values of the account that the stand-ins made up. @default none */
  readonly madeUp?: readonly MadeUpValue[];
  readonly region: string;
  /** The resources without effect on one machine, as phrases: `6 alarms`. */
  readonly inert: readonly string[];
  /** What the local run does not simulate, although it decides about responses. */
  readonly causes: readonly NotSimulated[];
  /** The addresses of the resources that a resource depends on, with its own address. */
  readonly dependenciesOf: (address: string) => ReadonlySet<string>;
}

/** The base URL of each API (`http://127.0.0.1:3000`) by its address. */
export type Endpoints = ReadonlyMap<string, string>;

export interface Stack {
  readonly name: string;
  /** Relative paths of archives are relative to this folder. */
  readonly folder: string;
  /** Files that the evaluation wrote elsewhere: the file with the content, by the absolute path that the source names. */
  readonly files?: ReadonlyMap<string, string>;
  /** Addresses of all resources of a type, in the order of the source. */
  addressesOf(type: string): readonly string[];
  /**
   * @param endpoints the URLs of the APIs in this run
   * @throws DeploymentError for a stack that Terraform refuses
   */
  evaluate(endpoints: Endpoints): StackEvaluation;
}
