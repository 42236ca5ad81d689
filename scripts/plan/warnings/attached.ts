/** What a resource belongs to, and whether that is made, or goes, in the same plan. */
import type { Change, Plan } from '../model';
import { attribute, same, UNKNOWN } from '../value';

/** Type, attribute, and the type and attribute of what it names. */
const PARENTS: readonly (readonly [type: RegExp, attribute: string, parent: string, key: string])[] = [
  [/^aws_iam_role_polic/, 'role', 'aws_iam_role', 'name'],
  [/^aws_lambda_permission$|^aws_lambda_function_url$/, 'function_name', 'aws_lambda_function', 'function_name'],
  [/^aws_apigatewayv2_/, 'api_id', 'aws_apigatewayv2_api', 'id'],
  [/^aws_api_gateway_/, 'rest_api_id', 'aws_api_gateway_rest_api', 'id'],
  [/^aws_s3_bucket_/, 'bucket', 'aws_s3_bucket', 'bucket'],
];

/** Whether it belongs to something that the plan makes too, or anew. */
export function attachedToNew(change: Change, plan: Plan): boolean {
  return related(change, plan, 'after', ['create', 'replace']);
}

/** Whether it belongs to something that the plan deletes or makes anew. */
export function parentGone(change: Change, plan: Plan): boolean {
  return related(change, plan, 'before', ['delete', 'replace']);
}

/** Whether it belongs to something that is there already. */
export function attachedToOld(change: Change, plan: Plan): boolean {
  const named = PARENTS.some(
    ([type, name]) => type.test(change.type) && typeof attribute(change.after, name) === 'string',
  );
  return named && !attachedToNew(change, plan);
}

function related(change: Change, plan: Plan, side: 'before' | 'after', actions: readonly Change['action'][]): boolean {
  return PARENTS.some(([type, name, parent, key]) => {
    const value = attribute(change[side], name);
    if (!type.test(change.type) || value === undefined || value === null) return false;
    // What is made with it has no id yet.
    if (value === UNKNOWN) return true;
    return plan.changes.some(
      (other) => other.type === parent && actions.includes(other.action) && same(attribute(other[side], key), value),
    );
  });
}
