/** Finds the parent of a resource (the role of a policy, the API of a route), and what the plan does to it. */
import { type Change, configurationAddress, type Plan } from '../model/plan';
import { attribute, isSame } from '../model/value';

interface ParentReference {
  /** Matches the resource types of the children. */
  readonly child: RegExp;
  /** The child's attribute that names the parent. */
  readonly attribute: string;
  /** The parent's resource type. */
  readonly parent: string;
  /** The parent's attribute with the same value. */
  readonly key: string;
}

const PARENTS: readonly ParentReference[] = [
  { child: /^aws_iam_role_polic/, attribute: 'role', parent: 'aws_iam_role', key: 'name' },
  {
    child: /^aws_lambda_permission$|^aws_lambda_function_url$/,
    attribute: 'function_name',
    parent: 'aws_lambda_function',
    key: 'function_name',
  },
  { child: /^aws_apigatewayv2_/, attribute: 'api_id', parent: 'aws_apigatewayv2_api', key: 'id' },
  { child: /^aws_api_gateway_/, attribute: 'rest_api_id', parent: 'aws_api_gateway_rest_api', key: 'id' },
  { child: /^aws_s3_bucket_/, attribute: 'bucket', parent: 'aws_s3_bucket', key: 'bucket' },
];

/** Whether the plan deletes or replaces the parent. */
export function isParentDestroyed(change: Change, plan: Plan): boolean {
  return hasParentWith(change, plan, 'before', ['delete', 'replace']);
}

/** Whether the parent exists before the apply. A replaced parent counts: its callers use the replacement. */
export function parentExists(change: Change, plan: Plan): boolean {
  return PARENTS.some(({ child, attribute: name, parent }) => {
    if (!child.test(change.type)) return false;
    const value = attribute(change.after, name);
    if (typeof value === 'string') return !hasParentWith(change, plan, 'after', ['create']);
    // The parent's id is unknown when the plan creates or replaces the parent.
    const references = plan.references[configurationAddress(change.address)]?.[name] ?? [];
    return plan.changes.some(
      ({ type, action, address }) => type === parent && action === 'replace' && references.includes(address),
    );
  });
}

function hasParentWith(
  change: Change,
  plan: Plan,
  side: 'before' | 'after',
  actions: readonly Change['action'][],
): boolean {
  return PARENTS.some(({ child, attribute: name, parent, key }) => {
    const value = attribute(change[side], name);
    if (!child.test(change.type) || value === undefined || value === null) return false;
    return plan.changes.some(
      ({ type, action, [side]: values }) =>
        type === parent && actions.includes(action) && isSame(attribute(values, key), value),
    );
  });
}
