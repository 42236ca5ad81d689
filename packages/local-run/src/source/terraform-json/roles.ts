/** Reads roles and their inline policies (aws_iam_role, aws_iam_role_policy). */
import type { RoleDeployment } from '../../model/deployment';
import { readPolicy } from '../../services/iam/policy';
import { trustFault } from '../../services/iam/trust';
import type { Resources } from './resources';
import { DeploymentError } from '../../model/deployment-error';

/** Maximum of all inline policies of a role together, without white space (IAM User Guide, "IAM and AWS STS quotas"). */
const MAX_POLICY_CHARACTERS = 10_240;

/**
 * @returns the roles whose policies the local run can evaluate completely
 * @throws DeploymentError that lists everything in the policies that IAM refuses, each with its policy and statement
 */
export function readRoles(resources: Resources): RoleDeployment[] {
  const all = resources.simulated('aws_iam_role').map(({ address, attributes }) => ({
    address,
    name: attributes['name'] as string,
    arn: attributes['arn'] as string,
    trust: attributes['assume_role_policy'],
  }));
  const faults: string[] = [];
  const functionRoles = new Set(resources.ofType('aws_lambda_function').map(({ attributes }) => attributes['role']));
  for (const { address, arn, trust } of all) {
    const fault = functionRoles.has(arn) ? trustFault(trust) : undefined;
    if (fault !== undefined) faults.push(`${address}: ${fault}`);
  }
  const policies = resources.simulated('aws_iam_role_policy').map(({ address, attributes }) => {
    const { role } = attributes;
    const read = readPolicy(address, attributes['policy']);
    faults.push(...read.faults);
    return { role, address, size: sizeOf(attributes['policy']), ...read.policy };
  });
  for (const { address, name } of all) {
    const size = policies.reduce((sum, policy) => sum + (policy.role === name ? policy.size : 0), 0);
    if (size > MAX_POLICY_CHARACTERS) {
      faults.push(`${address}: its inline policies have ${size} characters; IAM allows ${MAX_POLICY_CHARACTERS}`);
    }
  }
  if (faults.length > 0) {
    const lines = faults.map((fault) => `  ${fault}`);
    throw new DeploymentError(
      [`Stack ${resources.stack}: IAM refuses these parts of its policies:`, ...lines].join('\n'),
    );
  }
  return all.map(({ name, arn }) => {
    const rolePolicies = policies.filter(({ role }) => role === name);
    return {
      name,
      arn,
      policies: rolePolicies.map(({ address }) => address),
      statements: rolePolicies.flatMap(({ statements }) => statements),
      otherActions: [...new Set(rolePolicies.flatMap(({ otherActions }) => otherActions))],
    };
  });
}

function sizeOf(policy: unknown): number {
  return String(policy).replace(/\s/g, '').length;
}
