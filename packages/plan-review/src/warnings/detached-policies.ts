/** Warns of managed policies with denials that a role, user, group or permission set loses. */
import type { Change, Plan } from '../model/plan';
import { attribute, isObject, UNKNOWN, type Value } from '../model/value';
import { parsePolicy } from '../policy/statements';
import { type Member, membersOf } from './lists';
import { addedMembers, type Attachment, attachmentsOf, listParts } from './managed-policies';
import { isMoved } from './moved';
import { isRewritten } from './settings';
import { type Part, rule, text, value } from './warning';

export const detachedPoliciesRule = rule('access', (change, plan) => {
  if (change.action !== 'delete' && !isRewritten(change)) return [];
  return attachmentsOf(change).flatMap((attachment) =>
    attachment.holders
      ? detachedHolders(attachment.policy, attachment.holders, change, plan)
      : detachedPolicies(attachment, change, plan),
  );
});

/** Policies that their holder loses. */
function detachedPolicies({ policy }: Attachment, change: Change, plan: Plan): readonly (readonly Part[])[] {
  const { action, before, after } = change;
  // Without the exclusive list, the policies stay attached.
  if (action === 'delete' && change.type.endsWith('_exclusive')) return [];
  if (action === 'delete' && isHolderDeleted(change, plan)) return [];
  const remaining = isMoved(change, plan) ? undefined : attribute(after, policy);
  // An unknown list can still contain the policy.
  if (membersOf(remaining).includes(UNKNOWN)) return [];
  const denying = addedMembers(remaining, attribute(before, policy), policy).filter(({ member }) =>
    canDeny(member, plan),
  );
  return denying.length === 0 ? [] : [text`loses ${listParts(denying)}: its denials no longer apply`];
}

/** Roles, users and groups that lose the policy of their attachment. */
function detachedHolders(
  policy: string,
  holders: readonly string[],
  { before, after }: Change,
  plan: Plan,
): readonly (readonly Part[])[] {
  const arn = attribute(before, policy) ?? null;
  if (!canDeny(arn, plan)) return [];
  const keepsPolicy = [arn, UNKNOWN].includes(attribute(after, policy) ?? null);
  const detached = holders.flatMap((holder): readonly Member[] => {
    const remaining = keepsPolicy ? attribute(after, holder) : undefined;
    // An unknown list can still contain the holder.
    if (membersOf(remaining).includes(UNKNOWN)) return [];
    return addedMembers(remaining, attribute(before, holder), holder).filter(
      ({ member }) => !isDeleted(member, holder, plan),
    );
  });
  return detached.length === 0
    ? []
    : [text`detaches ${value(arn, [policy])} from ${listParts(detached)}: its denials no longer apply`];
}

/** Whether the plan deletes the holder of the policy: the changed role itself, or the parent of the attachment. */
function isHolderDeleted(change: Change, plan: Plan): boolean {
  return change.type === 'aws_iam_role' || plan.index.parent(change) === 'destroyed';
}

/** Whether the plan deletes the role, user or group with this name. @param list `roles`, `users` or `groups` */
function isDeleted(member: Value, list: string, plan: Plan): boolean {
  const type = `aws_iam_${list.slice(0, -1)}`;
  return plan.changes.some(
    (change) => change.type === type && change.action === 'delete' && attribute(change.before, 'name') === member,
  );
}

/** Names of policies that limit their holder, such as `AWSDenyAll`. A plan rarely contains a policy of another stack. */
const DENYING = /deny|denies|restrict|guardrail|quarantine|boundary/i;

/** Whether a policy contains a denial: the plan contains its document, or its name says so. */
function canDeny(member: Value, plan: Plan): boolean {
  const arn = isObject(member) ? attribute(member, 'name') : member;
  if (typeof arn !== 'string') return false;
  if (DENYING.test(arn.slice(arn.lastIndexOf('/') + 1))) return true;
  return parsePolicy(plan.managedPolicies.get(arn))?.some(({ effect }) => effect === 'Deny') === true;
}
