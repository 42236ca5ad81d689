/** Warns of resources that lose the policy that limits who may use them. Without a policy, they let in everyone. */
import { attribute, isEmpty, type Value } from '../model/value';
import { rule } from './warning';

/** Resources that let in every caller without a policy: an API, an endpoint, a file system. */
const OPEN_WITHOUT_POLICY = /^aws_(api_gateway_rest_api|vpc_endpoint|efs_file_system)(_policy)?$/;

export const removedPoliciesRule = rule('access', (change, plan) => {
  const { type, action, before, after } = change;
  if (!OPEN_WITHOUT_POLICY.test(type) || isEmpty(policyOf(before)) || !isEmpty(policyOf(after))) return [];
  const isDeleted = action === 'delete' && type.endsWith('_policy') && plan.index.parent(change) !== 'destroyed';
  return isDeleted || action === 'change' ? [['loses its policy: without a policy, it lets in every caller']] : [];
});

function policyOf(side: Value): Value | undefined {
  return attribute(side, 'policy');
}
