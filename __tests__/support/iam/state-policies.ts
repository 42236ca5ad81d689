/** The policies of the synthesized stack `state`: the two roles of the pipeline, the boundary and the state bucket. */
import type { Synthesized } from '../synth';
import { Principal } from './principal';
import type { PolicyDocument } from './read-policy';
import { documentAt, resolve } from './terraform-policies';

export interface RolePolicies {
  readonly name: string;
  readonly arn: string;
  readonly trust: PolicyDocument;
  readonly inline: readonly PolicyDocument[];
  readonly attached: readonly PolicyDocument[];
}

/** The policies of a role. @param address its name in Terraform: `plan` or `deploy` */
export function roleOf(state: Synthesized, address: string): RolePolicies {
  const role = state.resource['aws_iam_role']?.[address] as Record<string, string> | undefined;
  if (!role) throw new Error(`The stack has no aws_iam_role.${address}.`);
  const own = (type: string) =>
    Object.values((state.resource[type] ?? {}) as Record<string, Record<string, string>>).filter(
      (attributes) => resolve(attributes['role'] ?? '', state) === role['name'],
    );
  return {
    name: role['name'] ?? '',
    arn: resolve(`\${aws_iam_role.${address}.arn}`, state),
    trust: documentAt(role['assume_role_policy'], state),
    inline: own('aws_iam_role_policy').map(({ policy }) => documentAt(policy, state)),
    attached: own('aws_iam_role_policy_attachment').map(({ policy_arn: arn = '' }) =>
      documentAt(policyAt(state, resolve(arn, state))['policy'], state),
    ),
  };
}

function policyAt(state: Synthesized, arn: string): Readonly<Record<string, unknown>> {
  const policies = (state.resource['aws_iam_policy'] ?? {}) as Record<string, Record<string, unknown>>;
  const [found] = Object.keys(policies).filter((name) => resolve(`\${aws_iam_policy.${name}.arn}`, state) === arn);
  if (found === undefined) throw new Error(`The stack has no policy ${arn}.`);
  return policies[found] ?? {};
}

/** The permissions boundary of the functions' roles. */
export function boundaryOf(state: Synthesized): { readonly arn: string; readonly document: PolicyDocument } {
  const name = Object.keys(state.resource['aws_iam_policy'] ?? {}).find((address) => address.includes('boundary'));
  if (name === undefined) throw new Error('The stack has no boundary among its aws_iam_policy.');
  const arn = resolve(`\${aws_iam_policy.${name}.arn}`, state);
  return { arn, document: documentAt(policyAt(state, arn)['policy'], state) };
}

/** The policy of a bucket. @param address its name in Terraform: `state`, or `state_logs` for the access log */
export function bucketPolicyOf(state: Synthesized, address: 'state' | 'state_logs' = 'state'): PolicyDocument {
  return documentAt(state.resource['aws_s3_bucket_policy']?.[address].policy, state);
}

/** A role of the pipeline, whose calls can be decided. */
export function principalOf(state: Synthesized, address: string): Principal {
  const { arn, inline, attached } = roleOf(state, address);
  return new Principal({ arn, identity: [...inline, ...attached], resources: [bucketPolicyOf(state)] });
}
