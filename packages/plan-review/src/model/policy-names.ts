/** Recognizes attributes that contain a policy by their name. */
import type { ValuePath } from './plan';

/** Names of attributes that contain a policy, even if the value is unknown or cannot be parsed. */
const POLICY_NAME =
  /^polic(y|ies)$|(^|_)policy_(document|text)$|(^|_)(access|assume_role|bucket|destination|iam|inline|key|permission|queue|repository|resource|role|session|topic|trust)_polic(y|ies)$/;

/** Whether the attribute of a path has the name of a policy. */
export function hasPolicyName(path: ValuePath): boolean {
  const name = path.findLast((step) => typeof step === 'string');
  return name !== undefined && POLICY_NAME.test(name);
}
