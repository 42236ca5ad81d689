/** Refuses states in local files in two cases: the settings require a bucket, or a file has a state that its bucket lacks. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Settings } from '../../stacks/settings';
import { ROOT } from '../project';
import { parseState } from './state-text';
import type { SynthesizedStack } from './synth';
import { TerraformError } from './terraform';

/**
 * Refuses settings that require a state bucket but name none. Terraform would refuse too, but only after `init`, and for each stack.
 * @throws TerraformError with the settings to change
 */
export function requireStateBucket({
  remoteStateRequired,
  stateBucket,
}: Pick<Settings, 'remoteStateRequired' | 'stateBucket'>): void {
  if (!remoteStateRequired || stateBucket !== '') return;
  throw new TerraformError(
    'The setting stateBucket is empty, but remoteStateRequired is true (the variable CI sets it): the states would be local ' +
      'files, which a CI machine loses. Set stateBucket in cdktf.json, or the variable STATE_BUCKET. npm run bootstrap creates the bucket.',
  );
}

/**
 * Refuses stacks with a forgotten local state. Terraform would not read the file, and would plan to create each resource a
 * second time.
 * @param root the folder with the state files @default the project's folder
 * @throws TerraformError with the commands to run, for all stacks together
 */
export function refuseForgottenStates(stacks: readonly SynthesizedStack[], root = ROOT): void {
  const messages = stacks.flatMap(({ name, folder }) => {
    const file = path.join(root, `terraform.${name}.tfstate`);
    const resources = countResources(file);
    if (resources === 0 || !hasRemoteBackend(folder)) return [];
    const fileName = path.basename(file);
    const stackFolder = path.relative(root, folder);
    return (
      `The state of the stack ${name} belongs in the bucket, but ${fileName} still has ${resources} resources.\n` +
      `Move it into the bucket once:\n` +
      `  terraform -chdir=${stackFolder} init -reconfigure\n` +
      `  terraform -chdir=${stackFolder} state push ${file}\n` +
      `Then delete ${fileName}, or keep it outside of the project's folder.`
    );
  });
  if (messages.length > 0) throw new TerraformError(messages.join('\n\n'));
}

function hasRemoteBackend(folder: string): boolean {
  const { terraform } = JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as {
    terraform: { backend: Record<string, unknown> };
  };
  return !('local' in terraform.backend);
}

/** Number of resources in a local state file; 0 when there is no file. */
export function countResources(file: string): number {
  if (!existsSync(file)) return 0;
  const { resources = [] } = parseState(readFileSync(file, 'utf8'), file) as { resources?: { mode: string }[] };
  return resources.filter(({ mode }) => mode === 'managed').length;
}
