/** Keeps the output folder in one format: JSON, or HCL from `cdktf synth --hcl`. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { App, TerraformStack } from 'cdktf';

/** The files of a stack in the two formats. Terraform reads both, and refuses each resource of the second file as a duplicate. */
const STACK_FILES = ['cdk.tf', 'cdk.tf.json'];

/** Removes the files that an earlier synth wrote in the other format. @param stacks all stacks of the app */
export function removeOtherFormat({ outdir, manifest }: App, stacks: readonly TerraformStack[]): void {
  for (const stack of stacks) {
    const { synthesizedStackPath, workingDirectory } = manifest.forStack(stack);
    for (const file of STACK_FILES) {
      const other = path.join(workingDirectory, file);
      if (other !== synthesizedStackPath) rmSync(path.join(outdir, other), { force: true });
    }
  }
}
