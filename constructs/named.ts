/** Terraform addresses that read well in a plan and survive a refactoring of the construct tree. */
import type { TerraformElement } from 'cdktf';

/**
 * Gives an element the Terraform name `name` (`aws_lambda_function.<name>`), where CDKTF would
 * derive one from the construct path, with a hash. An address is what Terraform knows a resource
 * by: if it changed with the tree, the table would be replaced, and its data lost.
 */
export function named<E extends TerraformElement>(element: E, name: string): E {
  element.overrideLogicalId(name);
  return element;
}
