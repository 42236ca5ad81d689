/** Gives resources Terraform addresses that read well in a plan and survive a change of the construct tree. */
import type { TerraformElement } from 'cdktf';

/**
 * Gives an element the Terraform name `name` (`aws_lambda_function.<name>`), where CDKTF would
 * derive one from the construct path, with a hash. Terraform identifies a resource by its address:
 * if it changed with the tree, Terraform would replace the table and lose its data.
 */
export function named<E extends TerraformElement>(element: E, name: string): E {
  element.overrideLogicalId(name);
  return element;
}
