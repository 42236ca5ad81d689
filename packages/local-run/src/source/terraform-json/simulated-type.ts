/** Describes how the local run simulates a type of resources or data sources. */
import type { NotSimulated } from '../../model/not-simulated';
import type { Rules } from './attribute-rules';
import type { Attributes } from './resource';

export interface Place {
  /** An id in the format that API Gateway generates. */
  readonly id: string;
  readonly region: string;
  readonly account: string;
  /** The URLs of the APIs in this run, by the id of the API. */
  readonly urls: ReadonlyMap<unknown, string>;
}

export interface ResourceType {
  readonly attributes: Rules;
  /** Changes the configuration before its references are evaluated. */
  readonly prepare?: (configuration: Attributes) => Attributes;
  /** The attributes that AWS adds when it creates the resource. */
  readonly computed?: (configured: Attributes, place: Place) => Attributes;
  /** Returns values that the local run does not simulate and that a list of values cannot describe. */
  readonly check?: (address: string, attributes: Attributes) => readonly NotSimulated[];
}

export type ResourceTypes = Readonly<Record<string, ResourceType>>;

export const arn = (service: string, { region, account }: Place, resource: string) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

export const generatedId = (_configured: Attributes, { id }: Place) => ({ id });

/** Terraform appends its own text to a prefix. */
export function nameOf({ name, name_prefix: prefix }: Attributes, id: string): string {
  return typeof name === 'string' ? name : `${typeof prefix === 'string' ? prefix : 'terraform-'}${id}`;
}
