/** Types and helpers for the statements of the pipeline's roles. */
import type { Conditions } from '../constructs/policy-statement';

/** Actions on one kind of resource, without the service prefix. */
export interface Actions {
  readonly read: readonly string[];
  readonly write: readonly string[];
}

/** Picks the actions that a role may call. */
export type SelectActions = (actions: Actions) => readonly string[];

/** The resources that the roles may reach. */
export interface NamedScope {
  /** Start of the names of all resources, for example `acme-`. */
  readonly namesStart: string;
  /** The tag of resources whose ARNs contain generated ids. */
  readonly tag: { readonly key: string; readonly value: string };
  /** Makes an ARN in the account and region of the stacks. */
  readonly arn: (service: string, resource: string) => string;
}

/** Returns the actions that a role may call, with the service prefix. @example selectedActions('sns', TOPICS, select) */
export function selectedActions(service: string, actions: Actions, select: SelectActions): string[] {
  return withService(service, select(actions));
}

/** @example withService('sns', ['Publish']) // ['sns:Publish'] */
export function withService(service: string, actions: readonly string[]): string[] {
  return actions.map((action) => `${service}:${action}`);
}

/** Makes a condition that a key has one of the values. */
export function equals(key: string, ...values: readonly string[]): Conditions {
  return { StringEquals: { [key]: values } };
}

/** Makes a condition that the resource has the tag. */
export function isTagged({ tag }: NamedScope): Conditions {
  return equals(`aws:ResourceTag/${tag.key}`, tag.value);
}

/** Makes a condition that the call gives the tag to the new resource. */
export function givesTag({ tag }: NamedScope): Conditions {
  return equals(`aws:RequestTag/${tag.key}`, tag.value);
}
