/** Translates Terraform's lists of actions. */
import type { Action } from '../model/plan';
import { PlanError } from '../plan-error';

/** The lists of actions that Terraform 1.14 and OpenTofu 1.13 write, and the action of each. The schema refuses every other list. */
export const ACTION_LISTS: readonly (readonly [actions: readonly string[], action: Action])[] = [
  [['no-op'], 'none'],
  [['create'], 'create'],
  [['read'], 'read'],
  [['update'], 'change'],
  [['delete', 'create'], 'replace'],
  [['create', 'delete'], 'replace'],
  [['delete'], 'delete'],
  [['forget'], 'forget'],
  // The old object leaves the state, and stays in place.
  [['create', 'forget'], 'recreate'],
  [['forget', 'create'], 'recreate'],
];

const ACTION_BY_LIST = new Map(ACTION_LISTS.map(([actions, action]) => [actions.join(), action]));

/** @throws PlanError for a list that is not in ACTION_LISTS */
export function readAction(address: string, actions: readonly string[]): Action {
  const action = ACTION_BY_LIST.get(actions.join());
  if (action !== undefined) return action;
  throw new PlanError(
    `${JSON.stringify(address)} has the actions ${JSON.stringify(actions)}, which plan-review does not know. ` +
      'Update plan-review, or plan with an older version of Terraform.',
  );
}
