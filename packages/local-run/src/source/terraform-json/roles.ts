/** Reads roles with all their policies (aws_iam_*). */
import type { RoleDeployment } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import { readPolicy } from '../../services/iam/policy';
import { trustFault } from '../../services/iam/trust';
import type { Resource } from './resource';
import type { Resources } from './resources';
import { attachedPolicies, boundaryOf, inlinePolicies, type PolicySource } from './role-policies';

/** Maximum of all inline policies of a role together, without white space (IAM User Guide, "IAM and AWS STS quotas"). */
const MAX_INLINE_CHARACTERS = 10_240;

/** Maximum of a customer-managed policy, without white space (same page). */
const MAX_MANAGED_CHARACTERS = 6_144;

/** Default quota of managed policies for each role (same page). */
const MAX_ATTACHED_POLICIES = 10;

/**
 * @returns the roles whose policies the local run can evaluate completely
 * @throws DeploymentError that lists everything in the policies that IAM refuses, each with its policy and statement
 */
export function readRoles(resources: Resources): RoleDeployment[] {
  const functionRoles = new Set(resources.ofType('aws_lambda_function').map(({ attributes }) => attributes['role']));
  const results = resources.simulated('aws_iam_role').map((role) => readRole(role, resources, functionRoles));
  const faults = [...new Set([...results.flatMap((result) => result.faults), ...managedFaults(resources)])];
  if (faults.length > 0) {
    const lines = faults.map((fault) => `  ${fault}`);
    throw new DeploymentError(
      [`Stack ${resources.stack}: IAM refuses these parts of its policies:`, ...lines].join('\n'),
    );
  }
  return results.map(({ role }) => role);
}

interface ReadRole {
  readonly role: RoleDeployment;
  readonly faults: readonly string[];
}

function readRole(role: Resource, resources: Resources, functionRoles: ReadonlySet<unknown>): ReadRole {
  const { address, attributes } = role;
  const arn = attributes['arn'] as string;
  const trust = functionRoles.has(arn) ? trustFault(attributes['assume_role_policy']) : undefined;
  const inline = inlinePolicies(role, resources);
  const attached = attachedPolicies(role, resources);
  const boundary = boundaryOf(role, resources);
  const size = inline.reduce((sum, { document }) => sum + sizeOf(document), 0);
  const read = [...inline, ...attached].map(readSource);
  const bounds = boundary && readSource(boundary);
  return {
    role: {
      name: attributes['name'] as string,
      arn,
      policies: [...inline, ...attached].map(({ where }) => where),
      statements: read.flatMap(({ policy }) => policy.statements),
      ...(bounds && { boundary: bounds.policy.statements }),
      otherActions: [...new Set(read.flatMap(({ policy }) => policy.otherActions))],
    },
    faults: [
      ...(trust === undefined ? [] : [`${address}: ${trust}`]),
      ...[...read, ...(bounds ? [bounds] : [])].flatMap(({ faults }) => faults),
      ...(size > MAX_INLINE_CHARACTERS
        ? [`${address}: its inline policies have ${size} characters; IAM allows ${MAX_INLINE_CHARACTERS}`]
        : []),
      ...(attached.length > MAX_ATTACHED_POLICIES
        ? [`${address}: it has ${attached.length} managed policies; IAM allows ${MAX_ATTACHED_POLICIES}`]
        : []),
    ],
  };
}

/** What IAM refuses of the customer-managed policies, even of those that no role has. */
function managedFaults(resources: Resources): string[] {
  return resources.simulated('aws_iam_policy').flatMap(({ address, attributes }) => {
    const size = sizeOf(attributes['policy']);
    return [
      ...readPolicy(address, attributes['policy']).faults,
      ...(size > MAX_MANAGED_CHARACTERS
        ? [`${address}: its policy has ${size} characters; IAM allows ${MAX_MANAGED_CHARACTERS}`]
        : []),
    ];
  });
}

function readSource({ where, document }: PolicySource) {
  return readPolicy(where, document);
}

function sizeOf(policy: unknown): number {
  return String(policy).replace(/\s/g, '').length;
}
