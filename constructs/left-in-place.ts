/** Makes Terraform forget resources that a stack no longer has, instead of deleting them. */
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/** The blocks `removed` of each stack, which CDKTF writes only as one list. */
const removedBlocks = new WeakMap<TerraformStack, readonly object[]>();

/**
 * Makes Terraform forget the resource if the state has it. The plans of pull requests accept only the addresses that
 * scripts/terraform/check-template.ts lists.
 * @param address address of a resource that the stack does not have. @example 'aws_kms_key.data'
 */
export function leaveInPlace(scope: Construct, address: string): void {
  const stack = TerraformStack.of(scope);
  const blocks = [...(removedBlocks.get(stack) ?? []), { from: address, lifecycle: { destroy: false } }];
  removedBlocks.set(stack, blocks);
  stack.addOverride('removed', blocks);
}
