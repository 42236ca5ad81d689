/** Sets Terraform addresses that are readable in a plan and do not depend on the construct tree. */
import type { TerraformElement } from 'cdktf';

/**
 * Sets the Terraform name of an element: `aws_lambda_function.<name>`.
 * CDKTF's default name is the construct path with a hash, so a change of the construct tree changes the name. Terraform then
 * sees a new resource: it would replace a table, and the data would be lost.
 */
export function named<E extends TerraformElement>(element: E, name: string): E {
  element.overrideLogicalId(name);
  return element;
}
