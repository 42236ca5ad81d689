/** Connects roles with their managed policies: attachments, `managed_policy_arns` and permissions boundaries. */
import { toList } from '../../services/to-list';
import { awsManagedPolicy } from './aws-managed-policies';
import type { Node } from './node';
import { isUnknown } from './unknown';

/** Attributes with the ARN of a managed policy, or with a list of ARNs, by resource type. */
const POLICY_ARNS: Readonly<Record<string, string>> = {
  aws_iam_policy_attachment: 'policy_arn',
  aws_iam_role: 'managed_policy_arns',
  aws_iam_role_policy_attachment: 'policy_arn',
};

const SUPPORTED = 'an aws_iam_policy of this stack, or an AWS managed policy that docs/supported.md lists';

/** Adds references to managed policies, and a cause for each policy that the local run does not know. */
export function linkPolicies(nodes: readonly Node[]): void {
  const policies = new Map(
    nodes.filter(({ type }) => type === 'aws_iam_policy').map((node) => [node.attributes['arn'], node.address]),
  );
  for (const { address, type, attributes, causes, references } of nodes) {
    const attribute = POLICY_ARNS[type];
    if (attribute === undefined) continue;
    for (const arn of toList(attributes[attribute])) {
      const policy = policies.get(arn);
      if (policy !== undefined) references.add(policy);
      // An unknown value is a cause already.
      else if (!isUnknown(arn) && awsManagedPolicy(String(arn)) === undefined) {
        causes.push({ address, attribute, found: JSON.stringify(arn), supported: SUPPORTED });
      }
    }
    const boundary = policies.get(attributes['permissions_boundary']);
    if (boundary !== undefined) references.add(boundary);
  }
}
