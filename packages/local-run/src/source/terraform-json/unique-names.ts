/** Checks names that must be unique. AWS refuses a second resource with the same name, or overwrites the first resource. */
import type { Refusals } from '../refusals';
import type { Resources } from './resources';
import { isUnknown } from './unknown';

/** The attributes that identify a resource in its account and region. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_log_group: ['name'],
  aws_dynamodb_table: ['name'],
  aws_iam_policy: ['name'],
  aws_iam_role: ['name'],
  // PutRolePolicy silently overwrites a policy of the same name.
  aws_iam_role_policy: ['role', 'name'],
  aws_lambda_alias: ['function_name', 'name'],
  aws_lambda_function: ['function_name'],
  aws_lambda_permission: ['function_name', 'qualifier', 'statement_id'],
};

/** Adds a refusal for each second resource. It names both resources. */
export function checkUniqueNames(resources: Resources, refusals: Refusals): void {
  for (const [type, names] of Object.entries(NAMES)) {
    const first = new Map<string, string>();
    for (const { address, attributes } of resources.ofType(type)) {
      // Terraform generates a missing name, which is unique.
      const present = names.filter((name) => name !== 'qualifier' || attributes[name] !== undefined);
      if (present.some((name) => attributes[name] === undefined || isUnknown(attributes[name]))) continue;
      const key = present.map((name) => `${name} = ${JSON.stringify(attributes[name])}`).join(', ');
      const other = first.get(key);
      if (other !== undefined) refusals.add(address, `${address}: ${other} has the same ${key}.`);
      else first.set(key, address);
    }
  }
}
