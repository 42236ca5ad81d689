/** The resource types of roles that the local run simulates: IAM. */
import { readPolicy } from '../../services/iam/policy';
import { DENY_WITH_PRINCIPALS, hasUnsupportedDeny } from '../../services/iam/trust';
import { inert, simulated } from './attribute-rules';
import type { ResourceTypes } from './simulated-type';

/** AWS managed policies for functions, none of which allows a call to DynamoDB (AWS Managed Policy Reference). */
const POLICIES_WITHOUT_DYNAMODB = [
  'service-role/AWSLambdaBasicExecutionRole',
  'service-role/AWSLambdaVPCAccessExecutionRole',
  'AWSXRayDaemonWriteAccess',
  'AWSXrayWriteOnlyAccess',
  'CloudWatchLambdaInsightsExecutionRolePolicy',
].map((name) => `arn:aws:iam::aws:policy/${name}`);

export const ROLE_RESOURCE_TYPES: ResourceTypes = {
  aws_iam_role: {
    attributes: {
      ...simulated('name', 'path', 'assume_role_policy'),
      // The boundary is often a policy of another stack, so the run cannot evaluate it.
      ...inert('permissions_boundary', 'max_session_duration', 'force_detach_policies'),
    },
    computed: ({ name, path = '/' }, { id, account }) => {
      const roleName = name === undefined ? `terraform-${id}` : (name as string);
      return { id: roleName, name: roleName, arn: `arn:aws:iam::${account}:role${String(path)}${roleName}` };
    },
    check: (address, { assume_role_policy: trust }) =>
      hasUnsupportedDeny(trust)
        ? [
            {
              ...{ address, attribute: 'assume_role_policy', found: 'a Deny', supported: DENY_WITH_PRINCIPALS },
              problem: 'a Deny in assume_role_policy',
            },
          ]
        : [],
  },
  aws_iam_role_policy: {
    attributes: simulated('name', 'role', 'policy'),
    computed: ({ role, name }, { id }) => {
      const policyName = name === undefined ? `terraform-${id}` : (name as string);
      return { id: `${String(role)}:${policyName}`, name: policyName };
    },
    check: (address, { policy }) =>
      readPolicy(address, policy).unsupported.map((part) => ({
        ...{ address, attribute: 'policy', problem: part.found },
        ...part,
      })),
  },
  aws_iam_role_policy_attachment: {
    attributes: { ...simulated('role'), policy_arn: POLICIES_WITHOUT_DYNAMODB },
  },
};
