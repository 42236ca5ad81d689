/** Finds the policies of a role: inline policies, attached policies, and the permissions boundary. */
import { toList } from '../../services/to-list';
import { awsManagedPolicy } from './aws-managed-policies';
import type { Attributes, Resource } from './resource';
import type { Resources } from './resources';

/** A policy document with the place where the configuration writes it. */
export interface PolicySource {
  /** The address of the resource with the document. Absent: an AWS managed policy. */
  readonly address?: string;
  /** The place for messages: the address, `aws_iam_role.function.inline_policy`, or the ARN of an AWS managed policy. */
  readonly where: string;
  readonly document: unknown;
}

/** The policies that are written into the role, and resources of the type aws_iam_role_policy. */
export function inlinePolicies(role: Resource, resources: Resources): PolicySource[] {
  const { address, attributes } = role;
  const blocks = toList(attributes['inline_policy']) as readonly Attributes[];
  // A block without a policy removes all policies that Terraform does not manage.
  const inBlocks = blocks.filter(({ policy }) => policy !== undefined && policy !== '');
  const separate = resources.simulated('aws_iam_role_policy').filter((policy) => isOf(role, policy.attributes['role']));
  const allowed = exclusive(role, 'aws_iam_role_policies_exclusive', 'policy_names', resources);
  return [
    ...inBlocks.map(({ name, policy }) => ({ name, address, where: `${address}.inline_policy`, document: policy })),
    ...separate.map((policy) => ({
      name: policy.attributes['name'],
      ...{ address: policy.address, where: policy.address },
      document: policy.attributes['policy'],
    })),
  ].filter(({ name }) => allowed?.includes(name) ?? true);
}

/** The customer-managed and AWS managed policies that are attached to the role. */
export function attachedPolicies(role: Resource, resources: Resources): PolicySource[] {
  const ofType = (type: string) => resources.simulated(type);
  const arns = [
    ...toList(role.attributes['managed_policy_arns']),
    ...ofType('aws_iam_role_policy_attachment')
      .filter(({ attributes }) => isOf(role, attributes['role']))
      .map(({ attributes }) => attributes['policy_arn']),
    ...ofType('aws_iam_policy_attachment')
      .filter(({ attributes }) => toList(attributes['roles']).some((name) => isOf(role, name)))
      .map(({ attributes }) => attributes['policy_arn']),
  ];
  const allowed = exclusive(role, 'aws_iam_role_policy_attachments_exclusive', 'policy_arns', resources);
  return [...new Set(arns)]
    .filter((arn) => allowed?.includes(arn) ?? true)
    .flatMap((arn) => managedPolicy(String(arn), resources) ?? []);
}

/** @returns undefined without a boundary, and for a policy that is neither in this stack nor a known AWS managed policy */
export function boundaryOf({ attributes }: Resource, resources: Resources): PolicySource | undefined {
  const { permissions_boundary: arn } = attributes;
  return typeof arn === 'string' ? managedPolicy(arn, resources) : undefined;
}

function managedPolicy(arn: string, resources: Resources): PolicySource | undefined {
  const [policy] = resources.where('aws_iam_policy', 'arn', arn);
  if (policy) return { address: policy.address, where: policy.address, document: policy.attributes['policy'] };
  const document = awsManagedPolicy(arn);
  return document === undefined ? undefined : { where: arn, document };
}

/** The list of a resource that removes all other policies from a role. Undefined: the role has no such list. */
function exclusive(role: Resource, type: string, list: string, resources: Resources): unknown[] | undefined {
  const lists = resources.simulated(type).filter(({ attributes }) => isOf(role, attributes['role_name']));
  return lists.length === 0 ? undefined : lists.flatMap(({ attributes }) => toList(attributes[list]));
}

/** Whether a value names the role. Its id is its name. */
function isOf({ attributes }: Resource, name: unknown): boolean {
  return name !== undefined && name === attributes['name'];
}
