/** Says what the plan does to the parent of a resource: the role of a policy, the API of a route. */
import type { Change, Plan } from '../model/plan';

/** Whether the plan deletes or replaces the parent. */
export function isParentDestroyed(change: Change, plan: Plan): boolean {
  return plan.index.parent(change, 'before') === 'destroyed';
}

/** Whether the parent exists before the apply. A replaced parent counts: its callers use the replacement. */
export function parentExists(change: Change, plan: Plan): boolean {
  return plan.index.parent(change, 'after') === 'existing';
}
