/** What a resource belongs to, and whether that is made, or goes, in the same plan. */
import type { Change, Plan } from '../model';
import { attribute, same } from '../value';

/** Type, attribute, and the type and attribute of what it names. */
const PARENTS: readonly (readonly [type: RegExp, attribute: string, parent: string, key: string])[] = [
  [/^aws_iam_role_polic/, 'role', 'aws_iam_role', 'name'],
  [/^aws_lambda_permission$|^aws_lambda_function_url$/, 'function_name', 'aws_lambda_function', 'function_name'],
  [/^aws_apigatewayv2_/, 'api_id', 'aws_apigatewayv2_api', 'id'],
  [/^aws_api_gateway_/, 'rest_api_id', 'aws_api_gateway_rest_api', 'id'],
  [/^aws_s3_bucket_/, 'bucket', 'aws_s3_bucket', 'bucket'],
];

/** Whether it belongs to something that the plan deletes or makes anew. */
export function parentGone(change: Change, plan: Plan): boolean {
  return related(change, plan, 'before', ['delete', 'replace']);
}

/** Whether it belongs to something that is there already, and may be made anew: who used that one uses the new one. */
export function attachedToOld(change: Change, plan: Plan): boolean {
  return PARENTS.some(([type, name, parent]) => {
    const value = attribute(change.after, name);
    if (!type.test(change.type)) return false;
    if (typeof value === 'string') return !related(change, plan, 'after', ['create']);
    // An id is not known when the plan makes the parent, nor when it makes it anew.
    const references = plan.references[change.address.replace(/\[[^\]]*\]$/, '')]?.[name] ?? [];
    return plan.changes.some(
      ({ type: other, action, address }) => other === parent && action === 'replace' && references.includes(address),
    );
  });
}

function related(change: Change, plan: Plan, side: 'before' | 'after', actions: readonly Change['action'][]): boolean {
  return PARENTS.some(([type, name, parent, key]) => {
    const value = attribute(change[side], name);
    if (!type.test(change.type) || value === undefined || value === null) return false;
    return plan.changes.some(
      (other) => other.type === parent && actions.includes(other.action) && same(attribute(other[side], key), value),
    );
  });
}
