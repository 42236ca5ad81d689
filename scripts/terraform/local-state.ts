/** A state that is still a file while the stack's is to be in a bucket: planning without it would make everything anew. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, type SynthesizedStack } from './synth';
import { TerraformError } from './terraform';

/**
 * @param root where the files are @default the project's folder
 * @throws TerraformError with what to do, for all stacks at once
 */
export function refuseForgottenStates(stacks: readonly SynthesizedStack[], root = ROOT): void {
  const forgotten = stacks.filter(({ name, folder }) => isRemote(folder) && resourcesIn(stateFile(root, name)) > 0);
  if (forgotten.length === 0) return;
  throw new TerraformError(
    forgotten
      .map(({ name, folder }) => {
        const [file, at] = [stateFile(root, name), path.relative(root, folder)];
        return (
          `The stack ${name} is to have its state in a bucket, but ${path.basename(file)} still has ${resourcesIn(file)} resources.\n` +
          `Move it there, once:\n` +
          `  terraform -chdir=${at} init -reconfigure\n` +
          `  terraform -chdir=${at} state push ${file}\n` +
          `and then remove ${path.basename(file)}, or keep it elsewhere.`
        );
      })
      .join('\n\n'),
  );
}

/** CDKTF's name for it. */
function stateFile(root: string, stack: string): string {
  return path.join(root, `terraform.${stack}.tfstate`);
}

function isRemote(folder: string): boolean {
  const { terraform } = JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as {
    terraform: { backend: Record<string, unknown> };
  };
  return !('local' in terraform.backend);
}

function resourcesIn(file: string): number {
  if (!existsSync(file)) return 0;
  const { resources = [] } = JSON.parse(readFileSync(file, 'utf8')) as { resources?: { mode: string }[] };
  return resources.filter(({ mode }) => mode === 'managed').length;
}
