/** Execution roles (aws_iam_role, aws_iam_role_policy) of a stack's functions. */
import type { RoleDeployment } from '../deployment';
import { readPolicy } from '../iam/policy';
import type { Resources } from './resources';
import { DeploymentError } from './stack';

/** @throws DeploymentError with all that is not understood in the policies, each with its stack, policy and statement */
export function roles(resources: Resources): RoleDeployment[] {
  const all = resources.of('aws_iam_role').map(({ attributes }) => ({
    name: attributes['name'] as string,
    arn: attributes['arn'] as string,
  }));
  for (const { address, attributes } of resources.of('aws_lambda_function')) {
    if (all.some(({ arn }) => arn === attributes['role'])) continue;
    throw new DeploymentError(
      `Stack ${resources.stack}: ${address}: its role ${String(attributes['role'])} is no role of this stack, ` +
        'and so the local run cannot know what it may do.',
    );
  }
  const faults: string[] = [];
  const policies = resources.of('aws_iam_role_policy').map(({ address, attributes }) => {
    const { role } = attributes;
    if (!all.some(({ name }) => name === role)) faults.push(`${address}: ${String(role)} is no role of this stack`);
    const read = readPolicy(address, attributes['policy']);
    faults.push(...read.faults);
    return { role, address, ...read.policy };
  });
  if (faults.length > 0) {
    const lines = faults.map((fault) => `  ${fault}`);
    throw new DeploymentError(
      [`Stack ${resources.stack}: this in its IAM policies is not understood by the local run:`, ...lines].join('\n'),
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
