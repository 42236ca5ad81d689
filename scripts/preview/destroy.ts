/**
 * Destroys the stacks of a preview from their states, without the code of the pull request: that code may have fewer stacks by now, or
 * fail to synthesize.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stateKey } from '../../stacks/names';
import type { Settings } from '../../stacks/settings';
import { TERRAFORM_WRAPPER } from '../terraform/cdktf';
import type { StateObjects } from '../terraform/state-objects';
import { terraform } from '../terraform/terraform';
import { trustedTarget } from '../terraform/trusted-target';

/** Stands for the name of the stack in a key. No real stack can have this name. */
const PLACEHOLDER = '*';

/**
 * The providers that a state may have: AWS's, and the one that is part of Terraform. Code of a pull request writes the state, and Terraform
 * would download and run any other provider.
 */
const KNOWN_PROVIDERS = /^provider\["(registry\.terraform\.io\/hashicorp\/aws|terraform\.io\/builtin\/terraform)"\]/;

interface State {
  readonly resources?: readonly { readonly provider?: string }[];
}

type Objects = Pick<StateObjects, 'keys' | 'read' | 'delete'>;

/**
 * Destroys all stacks of a preview, and deletes their states. The bucket keeps old versions of the states.
 * @param settings the settings of the preview
 * @returns the names of the destroyed stacks
 * @throws Error when a state has another provider, or cannot be read
 * @throws TerraformError for the first stack that Terraform cannot destroy; its state remains
 */
export async function destroyPreview(
  objects: Objects,
  settings: Settings,
  destroyStack: (stack: string, settings: Settings) => Promise<void> = destroyWithTerraform,
): Promise<string[]> {
  const [folder = '', file = ''] = stateKey(settings, PLACEHOLDER).split(PLACEHOLDER);
  const keys = (await objects.keys(folder)).filter((key) => key.endsWith(file));
  const destroyed: string[] = [];
  for (const key of keys) {
    const stack = key.slice(folder.length, -file.length);
    if (countResources(await objects.read(key), key) > 0) {
      await destroyStack(stack, settings);
      destroyed.push(stack);
    }
    await deleteEmptyState(objects, key);
  }
  return destroyed;
}

/** Counts the resources. @throws Error when the text is not a state, or a resource has another provider */
function countResources(text: string | undefined, key: string): number {
  // The object was deleted after it was listed.
  if (text === undefined) return 0;
  const { resources = [] } = parseState(text, key);
  const foreign = resources.find(({ provider = '' }) => !KNOWN_PROVIDERS.test(provider));
  if (foreign)
    throw new Error(
      `${key} has a resource of ${foreign.provider ?? 'no provider'}, not of the AWS provider, so it was not destroyed. Destroy the ` +
        'stack by hand with the code of the pull request.',
    );
  return resources.length;
}

function parseState(text: string, key: string): State {
  try {
    return JSON.parse(text) as State;
  } catch {
    throw new Error(`${key} is not a Terraform state. Recover an older version of the object, or delete it.`);
  }
}

/** Deletes a state that has no resources. @throws Error when it has resources: another run deployed the stack meanwhile */
async function deleteEmptyState(objects: Objects, key: string): Promise<void> {
  const count = countResources(await objects.read(key), key);
  if (count > 0)
    throw new Error(`${key} still has ${count} resources: another run deployed the stack. Repeat the command.`);
  await objects.delete(key);
}

/** Destroys everything in a state. The configuration has no resources, only the provider and the place of the state. */
async function destroyWithTerraform(stack: string, settings: Settings): Promise<void> {
  console.log(`${settings.environment}: destroying ${stack}`);
  const folder = mkdtempSync(path.join(os.tmpdir(), `${settings.environment}-${stack}-`));
  writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify(emptyConfiguration(stack, settings)));
  try {
    await terraform(folder, ['init', '-reconfigure', '-no-color']);
    await terraform(folder, ['destroy', '-auto-approve', '-no-color', '-lock-timeout=300s'], {
      show: true,
      command: TERRAFORM_WRAPPER,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Makes Terraform's JSON for a stack without resources. */
export function emptyConfiguration(stack: string, settings: Settings): object {
  const { backend, region, providerVersion } = trustedTarget(settings, stack);
  return {
    terraform: { backend, required_providers: { aws: { source: 'hashicorp/aws', version: providerVersion } } },
    provider: { aws: [{ region }] },
  };
}
