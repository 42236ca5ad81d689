/** Warns of managed policies that a role, user, group or permission set gets. */
import { type Change, configurationAddress, type Plan } from '../model/plan';
import { attribute, canonicalJson, isObject, UNKNOWN, type Value } from '../model/value';
import { isConfigured, isWritten } from './settings';
import { join, type Part, rule, text, value } from './warning';
import { type Member, membersAt, membersOf } from './lists';
import { isMoved } from './moved';

/** An attribute that attaches managed policies. */
export interface Attachment {
  readonly type: RegExp;
  /** The attribute with the ARN of a policy, a list of ARNs, or a block that names a policy. */
  readonly policy: string;
  /** The attributes with the roles, users or groups that get the policy. A new member is a new grant too. */
  readonly holders?: readonly string[];
}

const ATTACHMENTS: readonly Attachment[] = [
  { type: /^aws_iam_(role|user|group)_policy_attachment$/, policy: 'policy_arn' },
  { type: /^aws_iam_policy_attachment$/, policy: 'policy_arn', holders: ['roles', 'users', 'groups'] },
  { type: /^aws_iam_role$/, policy: 'managed_policy_arns' },
  { type: /^aws_iam_(role|user|group)_policy_attachments_exclusive$/, policy: 'policy_arns' },
  { type: /^aws_ssoadmin_managed_policy_attachment$/, policy: 'managed_policy_arn' },
  { type: /^aws_ssoadmin_customer_managed_policy_attachment$/, policy: 'customer_managed_policy_reference' },
];

/** AWS's policies for logs, traces and networks of a service: an ordinary new role has them. */
const ORDINARY =
  /^arn:aws[\w-]*:iam::aws:policy\/(service-role\/(AWSLambda(Basic|VPCAccess|DynamoDB|SQSQueue|Kinesis)ExecutionRole|AWSLambdaVPCAccessExecutionRole|AmazonECSTaskExecutionRolePolicy|AmazonAPIGatewayPushToCloudWatchLogs)|AWSXRayDaemonWriteAccess|AWSXrayWriteOnlyAccess)$/;

export const managedPoliciesRule = rule('access', (change, plan) =>
  attachmentsOf(change).flatMap((attachment) => textsOf(attachment, change, plan)),
);

/** Finds the attributes of a change that attach managed policies. */
export function attachmentsOf({ type }: Change): readonly Attachment[] {
  return ATTACHMENTS.filter((attachment) => attachment.type.test(type));
}

function textsOf({ policy, holders = [] }: Attachment, change: Change, plan: Plan): readonly (readonly Part[])[] {
  const { action, before, after } = change;
  if (!isWritten(change)) return [];
  // Terraform computes the list of a role that does not set it.
  if (
    policy === 'managed_policy_arns' &&
    attribute(after, policy) === UNKNOWN &&
    !isConfigured([policy], change, plan)
  ) {
    return [];
  }
  const isNew = action === 'create' && plan.index.parent(change) === 'new';
  const old = isMoved(change, plan) ? undefined : attribute(before, policy);
  const added = addedMembers(old, attribute(after, policy), policy).filter(
    ({ member }) => !isNew || !isOrdinary(member, policy, change, plan),
  );
  const newHolders = holders.flatMap((holder) =>
    addedMembers(attribute(before, holder), attribute(after, holder), holder),
  );
  const to = newHolders.length === 0 ? [] : text` to ${listParts(newHolders)}`;
  if (added.length > 0) {
    const start = policy.endsWith('s') ? 'gets more managed policies: ' : 'attaches the managed policy ';
    return [text`${start}${listParts(added)}${to}`];
  }
  return newHolders.length > 0 && action !== 'create'
    ? [text`attaches the managed policy ${listParts(membersAt(attribute(after, policy), [policy]))}${to}`]
    : [];
}

/** Whether a new role can have the policy without a warning: it is an AWS policy for a service, or this plan creates it. */
function isOrdinary(member: Value, name: string, change: Change, plan: Plan): boolean {
  if (member !== UNKNOWN) return typeof member === 'string' && ORDINARY.test(member);
  const references = plan.references[configurationAddress(change.address)]?.[name] ?? [];
  return references.some((reference) => /^(module\.[\w-]+\.)*aws_iam_policy\./.test(reference));
}

/** Finds the members of a list that the other side lacks. @param name the attribute with the list */
export function addedMembers(before: Value | undefined, after: Value | undefined, name: string): readonly Member[] {
  const known = new Set(membersOf(before).map((member) => canonicalJson(member)));
  return membersAt(after, [name]).filter(({ member }) => member === UNKNOWN || !known.has(canonicalJson(member)));
}

export function listParts(members: readonly Member[]): readonly Part[] {
  return join(
    members.map(({ member, path }) =>
      isObject(member) ? { value: member, path, of: 'policy' as const } : value(member, path),
    ),
  );
}
