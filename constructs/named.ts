/** Sets Terraform addresses that are readable in a plan and do not depend on the construct tree. */
import type { TerraformElement } from 'cdktf';

/**
 * Sets the Terraform name of an element: `aws_lambda_function.<name>`.
 * CDKTF's default name is the construct path with a hash. When a change of the construct tree changes that name, Terraform
 * sees another resource: it would replace a table, and the data would be lost.
 */
export function named<E extends TerraformElement>(element: E, name: string): E {
  element.overrideLogicalId(name);
  return element;
}
