/** The resource types of roles that the local run simulates: IAM. */
import type { NotSimulated } from '../../model/not-simulated';
import { readPolicy } from '../../services/iam/policy';
import { DENY_WITH_PRINCIPALS, hasUnsupportedDeny } from '../../services/iam/trust';
import { toList } from '../../services/to-list';
import { blocks, inert, simulated } from './attribute-rules';
import type { Attributes } from './resource';
import { nameOf, type ResourceTypes } from './simulated-type';

/** An element of a policy that IAM accepts and the local run cannot evaluate. */
function policyFaults(address: string, attribute: string, policy: unknown): NotSimulated[] {
  return readPolicy(address, policy).unsupported.map((part) => ({
    ...{ address, attribute, problem: part.found },
    ...part,
  }));
}

function pathOf({ path }: Attributes): string {
  return typeof path === 'string' ? path : '/';
}

export const ROLE_RESOURCE_TYPES: ResourceTypes = {
  aws_iam_role: {
    attributes: {
      ...simulated('name', 'name_prefix', 'path', 'assume_role_policy', 'managed_policy_arns'),
      inline_policy: blocks(simulated('name', 'policy')),
      // A boundary of another stack has no effect: the run cannot evaluate it.
      ...simulated('permissions_boundary'),
      ...inert('max_session_duration', 'force_detach_policies'),
    },
    computed: (configured, { id, account }) => {
      const name = nameOf(configured, id);
      return { id: name, name, arn: `arn:aws:iam::${account}:role${pathOf(configured)}${name}` };
    },
    check: (address, { assume_role_policy: trust, inline_policy: inline }) => [
      ...(hasUnsupportedDeny(trust)
        ? [
            {
              ...{ address, attribute: 'assume_role_policy', found: 'a Deny', supported: DENY_WITH_PRINCIPALS },
              problem: 'a Deny in assume_role_policy',
            },
          ]
        : []),
      ...(toList(inline) as readonly Attributes[])
        .filter(({ policy }) => policy !== undefined && policy !== '')
        .flatMap(({ policy }) => policyFaults(address, 'inline_policy', policy)),
    ],
  },
  aws_iam_role_policy: {
    attributes: simulated('name', 'name_prefix', 'role', 'policy'),
    computed: (configured, { id }) => {
      const name = nameOf(configured, id);
      return { id: `${String(configured['role'])}:${name}`, name };
    },
    check: (address, { policy }) => policyFaults(address, 'policy', policy),
  },
  aws_iam_policy: {
    attributes: {
      ...simulated('name', 'name_prefix', 'path', 'policy'),
      ...inert('delay_after_policy_creation_in_ms'),
    },
    computed: (configured, { id, account }) => {
      const name = nameOf(configured, id);
      const policyArn = `arn:aws:iam::${account}:policy${pathOf(configured)}${name}`;
      return { id: policyArn, arn: policyArn, name, policy_id: id };
    },
    check: (address, { policy }) => policyFaults(address, 'policy', policy),
  },
  aws_iam_role_policy_attachment: {
    attributes: simulated('role', 'policy_arn'),
    computed: ({ role, policy_arn: policy }) => ({ id: `${String(role)}-${String(policy)}` }),
  },
  aws_iam_policy_attachment: {
    attributes: { ...simulated('name', 'roles', 'policy_arn'), ...inert('groups', 'users') },
    computed: ({ name }) => ({ id: name }),
  },
  // Terraform removes all policies from the role that these lists do not name.
  aws_iam_role_policies_exclusive: { attributes: simulated('role_name', 'policy_names') },
  aws_iam_role_policy_attachments_exclusive: { attributes: simulated('role_name', 'policy_arns') },
};
