/** Types for the actions of the pipeline's roles. */

/** Actions on one kind of resource, without the service prefix. */
export interface Actions {
  readonly read: readonly string[];
  readonly write: readonly string[];
}

/** Picks the actions that a role may call. */
export type SelectActions = (actions: Actions) => readonly string[];
