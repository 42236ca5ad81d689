/** Attributes without effect on one machine whose absence could mislead, as phrases for the line of what is left out. */
import { toList } from '../../services/to-list';
import { awsManagedPolicy } from './aws-managed-policies';
import type { Node } from './node';
import type { Attributes } from './resource';

/** @param configurationOf the attributes that the configuration sets of a resource */
export function inertNotes(
  nodes: readonly Node[],
  configurationOf: (address: string) => Attributes | undefined,
): string[] {
  const inVpc = nodes.filter(
    ({ address, type }) =>
      type === 'aws_lambda_function' && toList(configurationOf(address)?.['vpc_config']).some(hasSubnets),
  );
  const policies = nodes.filter(({ type }) => type === 'aws_iam_policy').map(({ attributes }) => attributes['arn']);
  const bounded = nodes.filter(({ type, attributes: { permissions_boundary: arn } }) => {
    if (type !== 'aws_iam_role' || typeof arn !== 'string' || arn === '') return false;
    return !policies.includes(arn) && awsManagedPolicy(arn) === undefined;
  });
  return [
    ...(inVpc.length > 0 ? [`vpc_config of ${inVpc.length} ${plural('function', inVpc)} (served without a VPC)`] : []),
    ...(bounded.length > 0
      ? [`permissions_boundary of ${bounded.length} ${plural('role', bounded)} (a policy of another stack)`]
      : []),
  ];
}

function plural(noun: string, { length }: readonly unknown[]): string {
  return length === 1 ? noun : `${noun}s`;
}

/** A block without subnets puts the function into no VPC. */
function hasSubnets(block: unknown): boolean {
  const { subnet_ids: subnets } = block as Attributes;
  return !(Array.isArray(subnets) && subnets.length === 0);
}
