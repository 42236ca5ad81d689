/** Execution roles (aws_iam_role, aws_iam_role_policy) of a stack's functions. */
import type { RoleDeployment } from '../../model/deployment';
import { readPolicy } from '../../services/iam/policy';
import { trustFault } from '../../services/iam/trust';
import type { Resources } from './resources';
import { DeploymentError } from '../../model/deployment-error';

/** Of a role's inline policies together, white space not counted (IAM User Guide, "IAM and AWS STS quotas"). */
const MOST_POLICY_CHARACTERS = 10_240;

/** @throws DeploymentError with all that is not understood in the policies, each with its stack, policy and statement */
export function roles(resources: Resources): RoleDeployment[] {
  const all = resources.of('aws_iam_role').map(({ address, attributes }) => ({
    address,
    name: attributes['name'] as string,
    arn: attributes['arn'] as string,
    trust: attributes['assume_role_policy'],
  }));
  const faults: string[] = [];
  const ofFunctions = new Set<unknown>();
  for (const { address, attributes } of resources.of('aws_lambda_function')) {
    ofFunctions.add(attributes['role']);
    if (all.some(({ arn }) => arn === attributes['role'])) continue;
    throw new DeploymentError(
      `Stack ${resources.stack}: ${address}: its role ${String(attributes['role'])} is no role of this stack, ` +
        'and so the local run cannot know what it may do.',
    );
  }
  for (const { address, arn, trust } of all) {
    const fault = ofFunctions.has(arn) ? trustFault(trust) : undefined;
    if (fault !== undefined) faults.push(`${address}: ${fault}`);
  }
  const policies = resources.of('aws_iam_role_policy').map(({ address, attributes }) => {
    const { role } = attributes;
    if (!all.some(({ name }) => name === role)) faults.push(`${address}: ${String(role)} is no role of this stack`);
    const read = readPolicy(address, attributes['policy']);
    faults.push(...read.faults);
    return { role, address, size: sizeOf(attributes['policy']), ...read.policy };
  });
  for (const { address, name } of all) {
    const size = policies.reduce((sum, policy) => sum + (policy.role === name ? policy.size : 0), 0);
    if (size > MOST_POLICY_CHARACTERS) {
      faults.push(`${address}: its inline policies have ${size} characters; IAM takes ${MOST_POLICY_CHARACTERS}`);
    }
  }
  if (faults.length > 0) {
    const lines = faults.map((fault) => `  ${fault}`);
    throw new DeploymentError(
      [
        `Stack ${resources.stack}: IAM refuses this in its policies, or the local run does not understand it:`,
        ...lines,
      ].join('\n'),
    );
  }
  return all.map(({ name, arn }) => {
    const own = policies.filter(({ role }) => role === name);
    return {
      name,
      arn,
      policies: own.map(({ address }) => address),
      statements: own.flatMap(({ statements }) => statements),
      otherActions: [...new Set(own.flatMap(({ otherActions }) => otherActions))],
    };
  });
}

function sizeOf(policy: unknown): number {
  return String(policy).replace(/\s/g, '').length;
}
