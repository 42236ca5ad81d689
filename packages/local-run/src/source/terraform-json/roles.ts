/** Reads roles with all their policies (aws_iam_*). */
import type { RoleDeployment } from '../../model/deployment';
import { readPolicy } from '../../services/iam/policy';
import { trustFault } from '../../services/iam/trust';
import type { Refusals } from '../refusals';
import { readApiPermissions } from './api-permissions';
import type { Resource } from './resource';
import type { Resources } from './resources';
import { attachedPolicies, boundaryOf, inlinePolicies, type PolicySource } from './role-policies';

/** Maximum of all inline policies of a role together, without white space (IAM User Guide, "IAM and AWS STS quotas"). */
const MAX_INLINE_CHARACTERS = 10_240;

/** Maximum of a customer-managed policy, without white space (same page). */
const MAX_MANAGED_CHARACTERS = 6_144;

/** Default quota of managed policies for each role (same page). */
const MAX_ATTACHED_POLICIES = 10;

/** A role with its address. */
interface ReadRole {
  readonly address: string;
  readonly part: RoleDeployment;
}

/**
 * @param refusals receives everything in the policies that IAM refuses, each with its policy and statement
 * @returns the roles whose policies the local run can evaluate completely
 */
export function readRoles(resources: Resources, refusals: Refusals): ReadRole[] {
  const functionRoles = new Set(resources.ofType('aws_lambda_function').map(({ attributes }) => attributes['role']));
  checkManagedPolicies(resources, refusals);
  return resources.simulated('aws_iam_role').map((resource) => {
    const role = readRole(resource, resources, refusals);
    const { assume_role_policy: policy } = resource.attributes;
    const fault = functionRoles.has(role.arn) ? trustFault(policy) : undefined;
    if (fault !== undefined) refuse(refusals, resource.address, fault);
    return { address: resource.address, part: role };
  });
}

function readRole(resource: Resource, resources: Resources, refusals: Refusals): RoleDeployment {
  const { address, attributes } = resource;
  const inline = inlinePolicies(resource, resources);
  const attached = attachedPolicies(resource, resources);
  const boundary = boundaryOf(resource, resources);
  const size = inline.reduce((sum, { document }) => sum + sizeOf(document), 0);
  if (size > MAX_INLINE_CHARACTERS) {
    refuse(refusals, address, `its inline policies have ${size} characters; IAM allows ${MAX_INLINE_CHARACTERS}`);
  }
  if (attached.length > MAX_ATTACHED_POLICIES) {
    refuse(refusals, address, `it has ${attached.length} managed policies; IAM allows ${MAX_ATTACHED_POLICIES}`);
  }
  const policies = [...inline, ...attached].map(readSource);
  for (const [index, { faults }] of policies.slice(0, inline.length).entries()) {
    for (const fault of faults) refusals.add(inline[index]?.address ?? address, `IAM refuses ${fault}`);
  }
  const apiPermissions = readApiPermissions(address, [...inline, ...attached], boundary);
  return {
    name: attributes['name'] as string,
    arn: attributes['arn'] as string,
    policies: [...inline, ...attached].map(({ where }) => where),
    statements: policies.flatMap(({ policy }) => policy.statements),
    ...(boundary && { boundary: readSource(boundary).policy.statements }),
    otherActions: [...new Set(policies.flatMap(({ policy }) => policy.otherActions))],
    ...(apiPermissions && { apiPermissions }),
  };
}

/** Checks all customer-managed policies, even those that no role has. */
function checkManagedPolicies(resources: Resources, refusals: Refusals): void {
  for (const { address, attributes } of resources.simulated('aws_iam_policy')) {
    const { policy } = attributes;
    for (const fault of readPolicy(address, policy).faults) refusals.add(address, `IAM refuses ${fault}`);
    const size = sizeOf(policy);
    if (size <= MAX_MANAGED_CHARACTERS) continue;
    refuse(refusals, address, `its policy has ${size} characters; IAM allows ${MAX_MANAGED_CHARACTERS}`);
  }
}

function refuse(refusals: Refusals, address: string, fault: string): void {
  refusals.add(address, `IAM refuses ${address}: ${fault}`);
}

function readSource({ where, document }: PolicySource) {
  return readPolicy(where, document);
}

function sizeOf(policy: unknown): number {
  return String(policy).replace(/\s/g, '').length;
}
